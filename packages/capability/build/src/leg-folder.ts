import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileSource, hashFile } from "@multiarch/archive";
import { readFacts, sniff } from "@multiarch/binary";
import {
  digest,
  type Facts,
  type FileKind,
  type Leg,
  type LegFile,
  serialize,
} from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { legDocument } from "./artifact.ts";
import type { BuiltFile } from "./builder.ts";

/** Facts of a file on disk, read from its bytes. */
export async function factsOf(path: string): Promise<Facts> {
  const source = await fileSource(path);
  try {
    return await readFacts(source, path);
  } finally {
    await source.close();
  }
}

/** Describes a built file by its bytes. `path` in the leg is `files/<package>/<name>`. */
export async function describeFile(built: BuiltFile, relative: string): Promise<LegFile> {
  const facts = await factsOfBuilt(built);
  const kind = built.tree === undefined || facts === null ? built.kind : treeKind(facts);
  const mode = await modeOf(built, kind);
  await chmod(built.path, mode);
  const { size, sha256 } = await hashFile(built.path);
  return {
    id: fileId(built),
    package: built.package,
    kind,
    path: relative,
    size,
    mode: `0${mode.toString(8)}`,
    sha256,
    facts,
  };
}

/** A system allows each process so many open files, and a package tree may have thousands. */
const atOnce = 8;

/** Describes built files, a few at a time. @param shown their paths in the leg */
export async function describeFiles(
  built: readonly BuiltFile[],
  shown: (path: string) => string,
): Promise<LegFile[]> {
  const files: LegFile[] = [];
  for (let start = 0; start < built.length; start += atOnce) {
    const some = built.slice(start, start + atOnce);
    files.push(...(await Promise.all(some.map((file) => describeFile(file, shown(file.path))))));
  }
  return files;
}

/** `null` for what is no native file and need not be one. */
async function factsOfBuilt({ kind, path, tree }: BuiltFile): Promise<Facts | null> {
  if (tree === undefined) return kind === "wheel" || kind === "sdist" ? null : factsOf(path);
  return nativeFacts(path);
}

/** What these are called must be what they are. */
const libraryName = /\.(?:so(?:\.[0-9.]+)?|pyd|dll|dylib)$/i;

/**
 * Facts of a file that may be anything: `null` for what is not native by its first bytes, or only by them, as a text that
 * begins with `MZ`.
 * @throws UserError MA6xx for a library, by its name, that is damaged
 */
export async function nativeFacts(path: string): Promise<Facts | null> {
  const source = await fileSource(path);
  try {
    const found = sniff(await source.read(0, 64));
    const native = found === "elf" || found === "macho" || found === "pe" || found === "wasm";
    return native ? await readFacts(source, path) : null;
  } catch (error) {
    if (error instanceof UserError && !libraryName.test(path)) return null;
    throw error;
  } finally {
    await source.close();
  }
}

/** In a tree only libraries are held against the target; a program or object file may be data of the package. */
function treeKind({ type }: Facts): FileKind {
  return type === "library" ? "library" : "other";
}

/** In a tree a file stays executable; a library there always is, as every tool that makes wheels leaves it. */
async function modeOf({ path, tree }: BuiltFile, kind: FileKind): Promise<0o755 | 0o644> {
  if (kind === "executable" || (tree !== undefined && kind === "library")) return 0o755;
  if (tree === undefined) return 0o644;
  return ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755;
}

/** Ids match `[a-z0-9-]{1,64}`, while names of commands may hold more. An addon may be called as a command is. */
function fileId({ bin, kind, tree }: BuiltFile): string {
  const plain = bin.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-") || "file";
  const isCommand = tree === undefined && (kind === "executable" || kind === "addon");
  // Names of other files differ in what an id cannot show.
  const ending = isCommand
    ? kind === "addon"
      ? "-node"
      : ""
    : `-${digest(`${tree ?? ""} ${bin}`).slice(0, 12)}`;
  return plain.slice(0, 64 - ending.length) + ending;
}

export async function writeLeg(folder: string, leg: Leg): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, legDocument), serialize(leg));
}

export async function readLegBytes(folder: string): Promise<Uint8Array> {
  return readFile(join(folder, legDocument));
}

/** A failed leg uploads its document alone: half-made files would only be mistaken for results. */
export async function dropFiles(folder: string): Promise<void> {
  await rm(join(folder, "files"), { recursive: true, force: true });
}
