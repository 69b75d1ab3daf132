import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, type FileHandle, lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkEntryName } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { shown } from "./names.ts";
import { codeOf } from "./shapes.ts";

/** A file of a folder that is to be stored. */
export interface FolderFile {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Differs whenever the file was written, replaced or renamed in between: its change time cannot be set back. */
  readonly stamp: string;
}

/** One line of a folder's listing. */
export interface ListedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * All files under a folder, sorted by name. Empty folders do not count.
 * @throws UserError MA544 for links, special files, unsafe names, and when there is no file at all
 */
export async function scanFolder(folder: string): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  await scanInto(folder, "", files);
  files.sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
  if (files.length === 0) {
    throw new UserError("MA544", { what: "there is no file to store", where: folder });
  }
  refuseTwins(files, folder);
  return files;
}

async function scanInto(folder: string, prefix: string, files: FolderFile[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = `${prefix}${entry.name}`;
    const path = join(folder, entry.name);
    const reason = checkEntryName(name);
    if (reason !== null) throw unstorable(shown(name), reason, folder);
    if (entry.isDirectory()) {
      await scanInto(path, `${name}/`, files);
      continue;
    }
    const { size, ino, mtimeNs, ctimeNs } = await lstat(path, { bigint: true });
    if (!entry.isFile()) {
      throw unstorable(shown(name), entry.isSymbolicLink() ? "a link" : "a special file", folder);
    }
    await requireReadable(name, path, folder);
    files.push({ name, path, size: Number(size), stamp: `${ino} ${mtimeNs} ${ctimeNs}` });
  }
}

/** Before anything is sent: the stock client dies of a file that it cannot read. */
async function requireReadable(name: string, path: string, folder: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw unstorable(shown(name), `it cannot be read (${codeOf(error)})`, folder);
  }
}

/** Two names that differ in case only are one file on macOS and Windows. */
function refuseTwins(files: readonly FolderFile[], folder: string): void {
  const seen = new Map<string, string>();
  for (const { name } of files) {
    const folded = name.normalize("NFC").toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined) {
      throw unstorable(shown(name), `the same file as ${shown(twin)} on some systems`, folder);
    }
    seen.set(folded, name);
  }
}

function unstorable(name: string, found: string, where: string): UserError {
  return new UserError("MA544", { what: `${name} cannot be stored`, found, where });
}

/**
 * Compares two scans of one folder.
 * @throws UserError MA545 that names the first file which vanished, appeared, grew, shrank or was written
 */
export function refuseChanges(
  before: readonly FolderFile[],
  after: readonly FolderFile[],
  folder: string,
): void {
  const now = new Map(after.map((file) => [file.name, file]));
  for (const { name, size, stamp } of before) {
    const file = now.get(name);
    now.delete(name);
    if (file === undefined) throw changed(name, "vanished", folder);
    if (file.size > size) throw changed(name, `grew from ${size} to ${file.size} bytes`, folder);
    if (file.size < size) throw changed(name, `shrank from ${size} to ${file.size} bytes`, folder);
    if (file.stamp !== stamp) throw changed(name, "was written or replaced", folder);
  }
  for (const name of now.keys()) throw changed(name, "appeared", folder);
}

function changed(name: string, how: string, where: string): UserError {
  return new UserError("MA545", { what: `${shown(name)} ${how} while it was stored`, where });
}

/** Reads a file that must not be a link; with `destination` copies it there, flushed to disk. */
export async function readFolderFile(
  { name, path }: Pick<FolderFile, "name" | "path">,
  destination?: string,
): Promise<ListedFile> {
  // Without this flag a link that took the file's place since the scan would be followed. Windows has no such flag.
  const source = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    if (destination === undefined) return { name, ...(await pump(source, null)) };
    const target = await open(destination, "wx");
    try {
      const result = { name, ...(await pump(source, target)) };
      await target.sync();
      return result;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function pump(
  source: FileHandle,
  target: FileHandle | null,
): Promise<Omit<ListedFile, "name">> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(512 * 1024);
  let size = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return { size, sha256: hash.digest("hex") };
    const bytes = buffer.subarray(0, bytesRead);
    hash.update(bytes);
    size += bytesRead;
    for (let written = 0; target !== null && written < bytesRead; ) {
      written += (await target.write(bytes, written)).bytesWritten;
    }
  }
}

/** What stands for a folder's contents: sha256 over one line for each file, in the order of the names. */
export function listingDigest(files: readonly ListedFile[]): string {
  const hash = createHash("sha256");
  for (const { name, size, sha256 } of files) hash.update(`${sha256} ${size} ${name}\n`);
  return hash.digest("hex");
}

/** Bytes of all files together. */
export function totalSize(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
