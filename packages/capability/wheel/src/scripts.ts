import type { ArchiveEntry } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { baseName, foreignLibraries } from "./foreign-libraries.ts";
import { moduleFiles } from "./module.ts";
import type { PackagedBinary, WheelSettings } from "./types.ts";

/**
 * The executables of a wheel where installers take scripts from, and the module that starts one of them.
 * @param name of the wheel, normalised @param data name of its folder of scripts
 * @throws UserError MA823, MA824 for a module that cannot be
 */
export function scriptEntries(
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

/**
 * @param there patterns of libraries that users have anyhow
 * @param brought libraries that come with them
 * @returns the one target that all are for
 * @throws UserError MA824 executables that do not belong together, MA825 a library that the tags do not promise
 */
export function checkBinaries(
  binaries: readonly PackagedBinary[],
  there: readonly string[] = [],
  brought: ReadonlySet<string> = new Set(),
): string {
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
    const foreign = foreignLibraries(facts, there).filter((name) => !brought.has(baseName(name)));
    if (foreign.length > 0) {
      throw new UserError("MA825", {
        what: `${bin} of ${target} needs ${foreign.join(", ")}, which not every system has`,
        expected: `libraries that ${facts.os === "darwin" ? "every macOS has" : facts.libc === "musl" ? "musllinux tags promise" : "manylinux tags promise"}`,
        found: foreign.join(", "),
      });
    }
  }
  return target;
}

/** As it is installed, with `.exe` where programs have that. */
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
