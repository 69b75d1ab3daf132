import type { ArchiveEntry } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { foreignLibraries } from "./linux-tags.ts";
import { moduleFiles } from "./module.ts";
import { anyPython } from "./python-tags.ts";
import { wheelTags } from "./tags.ts";
import type { PackagedBinary, PackageMeta, WheelFile, WheelSettings } from "./types.ts";
import { writeWheel } from "./write-wheel.ts";

export interface WheelRequest {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  /** Every executable of the package, all of one target. */
  readonly binaries: readonly PackagedBinary[];
  /** Made if it does not exist; a file of the same name is replaced. */
  readonly outputFolder: string;
}

/**
 * Writes the wheel of one target: the executables as scripts, which installers put on the PATH.
 * @throws UserError MA821 the version, MA822 no tag (ask `wheelTags` first), MA823 a name, MA824 executables that do not
 * belong together, MA825 a needed library that the tags do not promise, MA826 `requires-python`
 */
export async function buildWheel(request: WheelRequest): Promise<WheelFile> {
  const { settings, meta, outputFolder } = request;
  const binaries = [...request.binaries].sort((left, right) => (left.bin < right.bin ? -1 : 1));
  const target = checkBinaries(binaries);
  const platforms = tagsOf(binaries, target);
  const { path, size, sha256, name, version } = await writeWheel({
    settings,
    meta,
    tags: { ...anyPython, platforms },
    payload: ({ name: normalized, data }) => payload(settings, binaries, normalized, data),
    // What pyproject.toml names are functions of Python code, which is not in this wheel.
    entryPoints: {},
    outputFolder,
  });
  const from = binaries.map((binary) => ({
    leg: binary.leg,
    file: binary.fileId,
    sha256: binary.sha256,
  }));
  return { file: path, size, sha256, name, version, tags: platforms, target, from };
}

function payload(
  settings: WheelSettings,
  binaries: readonly PackagedBinary[],
  name: string,
  data: string,
): ArchiveEntry[] {
  const modules = settings.module
    ? moduleFiles(moduleName(name), moduleBinary(binaries, name))
    : [];
  return [
    ...binaries.map(
      (binary): ArchiveEntry => ({
        name: `${data}/scripts/${fileName(binary)}`,
        mode: 0o755,
        content: binary.deflated,
      }),
    ),
    ...modules.map((file): ArchiveEntry => ({ ...file, mode: 0o644 })),
  ];
}

function checkBinaries(binaries: readonly PackagedBinary[]): string {
  const targets = [...new Set(binaries.map(({ target }) => target))];
  const [target] = targets;
  if (target === undefined || targets.length > 1) {
    throw new UserError("MA824", {
      what: "a wheel holds the executables of one target",
      found: targets.length === 0 ? "none" : targets.join(", "),
    });
  }
  const seen = new Set<string>();
  for (const { bin, facts } of binaries) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(bin) || seen.has(bin.toLowerCase())) {
      throw new UserError("MA824", {
        what: `"${bin}" cannot be a command in the wheel of ${target}`,
        expected: "letters, digits, . _ + -, and no name twice",
        found: bin,
      });
    }
    seen.add(bin.toLowerCase());
    const foreign = foreignLibraries(facts);
    if (foreign.length > 0) {
      throw new UserError("MA825", {
        what: `${bin} of ${target} needs ${foreign.join(", ")}, which not every system has`,
        expected: `libraries that ${facts.libc === "musl" ? "musllinux" : "manylinux"} tags promise`,
        found: foreign.join(", "),
      });
    }
  }
  return target;
}

function tagsOf(binaries: readonly PackagedBinary[], target: string): readonly string[] {
  const found = wheelTags(
    binaries.map(({ facts }) => facts),
    target,
  );
  if ("tags" in found) return found.tags;
  throw new UserError("MA822", { what: `there is no wheel for ${target}: ${found.none}` });
}

function fileName({ bin, facts }: PackagedBinary): string {
  return facts.os === "windows" ? `${bin}.exe` : bin;
}

function moduleName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return name;
  throw new UserError("MA823", {
    what: `"${name}" cannot be a Python module`,
    expected: "a name that starts with a letter",
    fix: "set wheel.module to false, or choose another wheel.name",
  });
}

/** `python -m <name>` starts one program: the only one, or the one of the same name. */
function moduleBinary(binaries: readonly PackagedBinary[], name: string): string {
  const [only] = binaries;
  const chosen =
    binaries.length === 1
      ? only
      : binaries.find(({ bin }) => bin.replace(/[-_.]+/g, "_").toLowerCase() === name);
  if (chosen !== undefined) return fileName(chosen);
  throw new UserError("MA824", {
    what: `python -m ${name} could start any of several commands`,
    expected: `a command called ${name}`,
    found: binaries.map(({ bin }) => bin).join(", "),
    fix: "set wheel.module to false, or name the main command like the wheel",
  });
}
