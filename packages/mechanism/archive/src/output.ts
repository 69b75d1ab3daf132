import { type FileHandle, open, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { explainWriteError } from "./errors.ts";
import { Hasher, writeFully } from "./files.ts";
import { hiddenSibling } from "./hidden-names.ts";
import { renamePatiently } from "./rename.ts";
import type { WrittenFile } from "./types.ts";

/** A file that is being written aside. */
export interface Output {
  /** Bytes written so far. */
  readonly size: number;
  write(bytes: Uint8Array): Promise<void>;
}

export interface AsideOptions {
  /** Set exactly; without it the file gets what the umask leaves of 0o666. */
  readonly mode?: number | undefined;
  /** Bytes that the file needs about, for the message of a full disk. */
  readonly needed?: number;
}

/**
 * Writes a file aside in the same folder, flushes it to disk and renames it into place, so that `path` is either what it
 * was or complete. On any error nothing is left. Throws `UserError` MA411 when the place refuses.
 */
export async function writeAside(
  path: string,
  { mode, needed }: AsideOptions,
  work: (output: Output) => Promise<void>,
): Promise<WrittenFile> {
  const final = resolve(path);
  const aside = hiddenSibling(final, "part");
  const hasher = new Hasher();
  try {
    const handle = await open(aside, "wx", mode ?? 0o666);
    try {
      await work(outputTo(handle, hasher));
      if (mode !== undefined) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renamePatiently(aside, final);
  } catch (error) {
    await rm(aside, { force: true });
    throw await explainWriteError(error, dirname(final), needed);
  }
  return { path, ...hasher.result() };
}

function outputTo(handle: FileHandle, hasher: Hasher): Output {
  return {
    get size() {
      return hasher.size;
    },
    async write(bytes) {
      hasher.add(bytes);
      await writeFully(handle, bytes);
    },
  };
}

/**
 * Writes a whole file so that `path` is never seen half written. The folder must exist. Text is written as UTF-8.
 * `mode` (such as 0o755) is set whatever the umask; without it the umask decides. Throws `UserError` MA411.
 */
export async function writeFileAtomic(
  path: string,
  data: Uint8Array | string,
  mode?: number,
): Promise<void> {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  await writeAside(path, { mode, needed: bytes.length }, (output) => output.write(bytes));
}
