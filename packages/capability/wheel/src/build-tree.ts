import type { ArchiveEntry } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { PythonMetadata } from "@multiarch/project";
import { checkEntryPoints } from "./entry-points.ts";
import { baseName, foreignLibraries } from "./foreign-libraries.ts";
import { firstMinor } from "./names.ts";
import { pythonTags } from "./python-tags.ts";
import { checkBinaries, scriptEntries } from "./scripts.ts";
import { wheelTags } from "./tags.ts";
import type { FullTags, PackagedBinary, PackageMeta, WheelFile, WheelSettings } from "./types.ts";
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
  /** Executables that become commands beside the tree. */
  readonly binaries?: readonly PackagedBinary[];
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
  const binaries = [...(request.binaries ?? [])].sort((one, other) =>
    one.bin < other.bin ? -1 : 1,
  );
  checkTree(files, binaries, target);
  const brought = checkLibraries(files, settings.exclude ?? [], target);
  if (binaries.length > 0) checkBinaries(binaries, settings.exclude, brought);
  const entryPoints = settings.metadata?.entryPoints ?? {};
  checkEntryPoints(
    entryPoints,
    files.map(({ name }) => name),
  );
  checkCommands(entryPoints, binaries);
  const tags = tagsOf(files, binaries, request);
  const { path, size, sha256, name, version } = await writeWheel({
    settings,
    meta,
    tags,
    payload: ({ name: normalized, data }) => {
      // A package that has a module of its own is started as its author wants it.
      const own = files.some(({ name: path }) => path.startsWith(`${normalized}/`));
      const withModule = { ...settings, module: settings.module && binaries.length > 0 && !own };
      return [
        ...scriptEntries(withModule, binaries, normalized, data),
        ...files.map(({ name: path, mode, content }) => ({ name: path, mode, content })),
      ];
    },
    entryPoints,
    outputFolder,
  });
  const from = [...binaries, ...files.filter(({ facts }) => facts !== null)].map((file) => ({
    leg: file.leg,
    file: file.fileId,
    sha256: file.sha256,
  }));
  return { file: path, size, sha256, name, version, tags: tags.platforms, target, from };
}

function checkTree(
  files: readonly TreeFile[],
  binaries: readonly PackagedBinary[],
  target: string,
): void {
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
  if (binaries.length === 0 && !files.some(({ facts }) => facts !== null)) {
    throw new UserError("MA828", {
      what: `the tree of ${target} holds no native file, so its wheel would be for one platform without a reason`,
      expected: "an extension module, a library or a program",
      found: `${files.length} files, none of them native`,
    });
  }
}

/** Of a command and an entry point of one name the installer would keep either. */
function checkCommands(
  { console_scripts: console = {}, gui_scripts: windows = {} }: PythonMetadata["entryPoints"],
  binaries: readonly PackagedBinary[],
): void {
  const twice = binaries.find(({ bin }) => Object.hasOwn({ ...console, ...windows }, bin));
  if (twice === undefined) return;
  throw new UserError("MA827", {
    what: `${twice.bin} is a program and an entry point`,
    where: "pyproject.toml",
    expected: "each command once",
    found: twice.bin,
  });
}

/**
 * Libraries are looked for in the tree by their own names too: that is how a wheel brings them along.
 * @returns the names that the tree brings
 */
function checkLibraries(
  files: readonly TreeFile[],
  there: readonly string[],
  target: string,
): ReadonlySet<string> {
  const brought = new Set(
    files.flatMap(({ name, facts }) => [baseName(name), facts?.soname ?? ""]),
  );
  for (const { name, facts } of files) {
    if (facts === null) continue;
    const foreign = foreignLibraries(facts, there).filter((one) => !brought.has(baseName(one)));
    if (foreign.length === 0) continue;
    throw new UserError("MA825", {
      what: `${name} of ${target} needs ${foreign.join(", ")}, which not every system has and the tree does not hold`,
      expected: "libraries that its tags promise",
      found: foreign.join(", "),
      fix: "link it statically, bring it along in the tree (auditwheel repair does), or name it under wheel.exclude",
    });
  }
  return brought;
}

function tagsOf(
  files: readonly TreeFile[],
  binaries: readonly PackagedBinary[],
  { settings, target }: TreeRequest,
): FullTags {
  const native = files.flatMap(({ name, facts, importable }) =>
    facts === null ? [] : [{ name, facts, importable }],
  );
  const python = pythonTags(native, firstMinor(settings));
  const platform = wheelTags(
    [...native, ...binaries].map(({ facts }) => facts),
    target,
  );
  if ("none" in python) throw noTags(target, python.none);
  if ("none" in platform) throw noTags(target, platform.none);
  return { ...python, platforms: platform.tags };
}

function noTags(target: string, why: string): UserError {
  return new UserError("MA822", { what: `there is no wheel for the tree of ${target}: ${why}` });
}
