import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveEntry, writeZip } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { foreignLibraries } from "./linux-tags.ts";
import { metadataFile, type RecordedFile, recordFile, wheelFile } from "./metadata.ts";
import { moduleFiles } from "./module.ts";
import { checkRequiresPython, normalizedName, wheelFileName } from "./names.ts";
import { wheelTags } from "./tags.ts";
import type {
  PackagedBinary,
  PackageFile,
  PackageMeta,
  WheelFile,
  WheelSettings,
} from "./types.ts";
import { pep440Version } from "./version.ts";

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
  checkRequiresPython(settings);
  const name = normalizedName(settings.name);
  const version = pep440Version(meta.version);
  const tags = tagsOf(binaries, target);
  const entries = wheelEntries({ settings, meta, binaries, name, version, tags });
  await mkdir(outputFolder, { recursive: true });
  const out = join(outputFolder, wheelFileName(name, version, tags));
  const { epoch } = meta;
  // Installers stream: what describes the wheel comes last, RECORD at the very end.
  const { path, size, sha256 } = await writeZip(out, entries, { epoch, keepOrder: true });
  const from = binaries.map((binary) => ({
    leg: binary.leg,
    file: binary.fileId,
    sha256: binary.sha256,
  }));
  return { file: path, size, sha256, name, version, tags, target, from };
}

interface Contents {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  readonly binaries: readonly PackagedBinary[];
  readonly name: string;
  readonly version: string;
  readonly tags: readonly string[];
}

function wheelEntries(contents: Contents): ArchiveEntry[] {
  const { settings, meta, binaries, name, version, tags } = contents;
  const information = `${name}-${version}.dist-info`;
  const files: PackageFile[] = [
    ...(settings.module ? moduleFiles(moduleName(name), moduleBinary(binaries, name)) : []),
    { name: `${information}/METADATA`, content: metadataFile(settings, meta, version) },
    { name: `${information}/WHEEL`, content: wheelFile(tags) },
    ...meta.licenses.map((license) => ({
      name: `${information}/licenses/${license.name}`,
      content: license.content,
    })),
  ];
  const entries = [
    ...binaries.map(
      (binary): ArchiveEntry => ({
        name: `${name}-${version}.data/scripts/${fileName(binary)}`,
        mode: 0o755,
        content: binary.deflated,
      }),
    ),
    ...files.map((file): ArchiveEntry => ({ ...file, mode: 0o644 })),
  ];
  const record = `${information}/RECORD`;
  const content = recordFile(entries.map(recorded), record);
  return [...entries, { name: record, mode: 0o644, content }];
}

function recorded({ name, content }: ArchiveEntry): RecordedFile {
  if (content instanceof Uint8Array) {
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { name, sha256, size: content.byteLength };
  }
  return { name, sha256: content.sha256, size: content.size };
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
