import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type FileSource, fileSource } from "@multiarch/archive";
import { sniff } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { hashingSource } from "./hashing-source.ts";
import { type ArchiveRequest, readArchive } from "./read-archive.ts";
import { readNative } from "./read-native.ts";
import type { Contents } from "./types.ts";

export interface ReadContentsOptions {
  /** Take it as this kind of package whatever it looks like; a native file is never taken for a package. */
  readonly as?: Contents["kind"];
  /** How the user knows the file, for messages and reports; else `path`. */
  readonly shownAs?: string;
  /** Holds large native files meanwhile; must be there. */
  readonly temporaryFolder: string;
}

/**
 * What is inside a file of any kind: its own hash, and the hash and facts of each of its members, from one reading. Faults of
 * an archive are collected, never thrown; the rest of it is read. Holds at most some 64 MiB, whatever the file's size.
 * Throws what the file system says.
 */
export async function readContents(path: string, options: ReadContentsOptions): Promise<Contents> {
  return readWith(path, options, {});
}

type Keeping = Pick<ArchiveRequest, "placeFor" | "onNative">;

/** As `readContents`; native members can be kept. */
export async function readWith(
  path: string,
  { as, shownAs = path, temporaryFolder }: ReadContentsOptions,
  keeping: Keeping,
): Promise<Contents> {
  const name = basename(shownAs);
  const file = await fileSource(path);
  try {
    const format = sniff(await file.read(0, 8));
    const packed =
      format === "zip" || format === "gzip" || /\.(?:whl|zip|tgz|tar\.gz)$/i.test(name);
    if (packed || as === "wheel" || as === "npm" || as === "sdist" || as === "archive") {
      const request = { path: shownAs, name, as, temporaryFolder, ...keeping };
      const contents = await readArchive(file, request);
      if (contents !== null) return contents;
    }
    return await readSingle(path, file, { path: shownAs, name });
  } finally {
    await file.close();
  }
}

async function readSingle(
  path: string,
  file: FileSource,
  shown: { readonly path: string; readonly name: string },
): Promise<Contents> {
  const hashing = hashingSource(file);
  const { facts, damage, found } = await readNative(hashing.source, shown.path);
  const about = { ...shown, size: file.size, sha256: await hashing.sha256() };
  const kind = facts === null ? null : kindOf(shown.name, facts);
  if (facts === null) return { kind: "other", ...about, found, damage };
  if (kind === null) return { kind: "other", ...about, found: "an object file", damage };
  return { kind, ...about, mode: await modeOf(path), facts };
}

/** By its type and not by its name: a position-independent executable is built as a library is. */
function kindOf(name: string, { type }: Facts): "executable" | "addon" | "library" | null {
  if (type === null || type === "object") return null;
  if (name.toLowerCase().endsWith(".node")) return "addon";
  return type;
}

/** Octal. Windows has no such bits; what runs there runs without them. */
async function modeOf(path: string): Promise<string> {
  if (process.platform === "win32") return "0755";
  const { mode } = await stat(path);
  return `0${(mode & 0o777).toString(8).padStart(3, "0")}`;
}
