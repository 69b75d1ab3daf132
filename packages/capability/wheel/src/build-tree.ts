import type { ArchiveEntry } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { checkEntryPoints } from "./entry-points.ts";
import { foreignLibraries } from "./linux-tags.ts";
import { firstMinor } from "./names.ts";
import { pythonTags } from "./python-tags.ts";
import { wheelTags } from "./tags.ts";
import type { FullTags, PackageMeta, WheelFile, WheelSettings } from "./types.ts";
import { writeWheel } from "./write-wheel.ts";

/** A file of a package tree. */
export interface TreeFile {
  /** Row of the leg that delivered it, and the file's id there. */
  readonly leg: string;
  readonly fileId: string;
  /** Path in the tree, with `/`: `pkg/_native.abi3.so`. */
  readonly name: string;
  readonly mode: 0o755 | 0o644;
  readonly content: ArchiveEntry["content"];
  readonly sha256: string;
  /** `null`: no native file. */
  readonly facts: Facts | null;
  /** Whether it exports what Python calls to import it under the name that its file has: `PyInit_<name>`, `PyModExport_<name>`. */
  readonly importable: boolean;
}

export interface TreeRequest {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  /** Canonical, as asked. */
  readonly target: string;
  readonly files: readonly TreeFile[];
  /** Made if it does not exist; a file of the same name is replaced. */
  readonly outputFolder: string;
}

/**
 * Writes the wheel of a package tree that was built for one target and one Python: its files as they are, tags from the names
 * of the modules and the bytes of every native file.
 * @throws UserError MA821 the version, MA822 no tag, MA823 the name, MA825 a needed library that neither the tags promise
 * nor the tree holds, MA826 `requires-python`, MA827 an entry point, MA828 the tree
 */
export async function buildTreeWheel(request: TreeRequest): Promise<WheelFile> {
  const { settings, meta, target, outputFolder } = request;
  const files = [...request.files].sort((left, right) => (left.name < right.name ? -1 : 1));
  checkTree(files, target);
  checkLibraries(files, target);
  const entryPoints = settings.metadata?.entryPoints ?? {};
  checkEntryPoints(
    entryPoints,
    files.map(({ name }) => name),
  );
  const tags = tagsOf(files, request);
  const { path, size, sha256, name, version } = await writeWheel({
    settings,
    meta,
    tags,
    payload: () => files.map(({ name: path, mode, content }) => ({ name: path, mode, content })),
    entryPoints,
    outputFolder,
  });
  const from = files
    .filter(({ facts }) => facts !== null)
    .map((file) => ({ leg: file.leg, file: file.fileId, sha256: file.sha256 }));
  return { file: path, size, sha256, name, version, tags: tags.platforms, target, from };
}

function checkTree(files: readonly TreeFile[], target: string): void {
  // What installers write themselves, or would take for instructions.
  const reserved = files.find(({ name }) =>
    /^[^/]*\.(?:dist-info|egg-info|data)(?:\/|$)/.test(name),
  );
  if (reserved !== undefined) {
    throw new UserError("MA828", {
      what: `the tree of ${target} holds ${reserved.name}`,
      expected: "packages and modules alone: the metadata is written here",
      found: reserved.name,
      fix: "leave that folder out of the tree, or deliver a finished wheel",
    });
  }
  if (!files.some(({ facts }) => facts !== null)) {
    throw new UserError("MA828", {
      what: `the tree of ${target} holds no native file, so its wheel would be for one platform without a reason`,
      expected: "an extension module, a library or a program",
      found: `${files.length} files, none of them native`,
    });
  }
}

/** Libraries are looked for in the tree by their own names too: that is how a wheel brings them along. */
function checkLibraries(files: readonly TreeFile[], target: string): void {
  const brought = new Set(
    files.flatMap(({ name, facts }) => [
      name.slice(name.lastIndexOf("/") + 1),
      facts?.soname ?? "",
    ]),
  );
  for (const { name, facts } of files) {
    if (facts === null) continue;
    const foreign = foreignLibraries(facts).filter((library) => !brought.has(library));
    if (foreign.length === 0) continue;
    throw new UserError("MA825", {
      what: `${name} of ${target} needs ${foreign.join(", ")}, which not every system has and the tree does not hold`,
      expected: `libraries that ${facts.libc === "musl" ? "musllinux" : "manylinux"} tags promise`,
      found: foreign.join(", "),
      fix: "link the library statically, or bring it along in the tree (auditwheel repair does)",
    });
  }
}

function tagsOf(files: readonly TreeFile[], { settings, target }: TreeRequest): FullTags {
  const native = files.flatMap(({ name, facts, importable }) =>
    facts === null ? [] : [{ name, facts, importable }],
  );
  const python = pythonTags(native, firstMinor(settings));
  const platform = wheelTags(
    native.map(({ facts }) => facts),
    target,
  );
  if ("none" in python) throw noTags(target, python.none);
  if ("none" in platform) throw noTags(target, platform.none);
  return { ...python, platforms: platform.tags };
}

function noTags(target: string, why: string): UserError {
  return new UserError("MA822", { what: `there is no wheel for the tree of ${target}: ${why}` });
}
