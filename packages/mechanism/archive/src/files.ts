import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { FileHashes, FileSource } from "./types.ts";

/** Bytes of one read or write: large enough that the calls cost nothing beside the work on the bytes. */
const chunkBytes = 512 * 1024;

/** Reads until the buffer is full or the file ends; a single read may be short at any time. */
export async function readFully(
  handle: FileHandle,
  buffer: Uint8Array,
  position: number,
): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(
      buffer,
      filled,
      buffer.length - filled,
      position + filled,
    );
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Writes all bytes; a single write may be short at any time. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

/** The bytes from `start` on, `length` of them or fewer where the file ends. Each chunk is a buffer of its own. */
export async function* readRange(
  source: FileSource,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  const end = start + length;
  for (let position = start; position < end; ) {
    const chunk = await source.read(position, Math.min(chunkBytes, end - position));
    if (chunk.length === 0) return;
    yield chunk;
    position += chunk.length;
  }
}

/** Opens a file for reading at any place. The caller closes it. Throws what the file system says. */
export async function fileSource(path: string): Promise<FileSource> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    return {
      size,
      read: (offset, length) => {
        const wanted = Math.max(0, Math.min(length, size - offset));
        return readFully(handle, Buffer.allocUnsafe(wanted), offset);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Runs `work` with an open file and closes it, whatever happens. */
export async function withSource<T>(
  path: string,
  work: (source: FileSource) => Promise<T>,
): Promise<T> {
  const source = await fileSource(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Size, SHA-256 and SHA-512 of a file, in one pass and a fixed amount of memory. */
export async function hashFile(path: string): Promise<FileHashes> {
  return withSource(path, async (source) => {
    const hasher = new Hasher();
    for await (const chunk of readRange(source, 0, source.size)) hasher.add(chunk);
    return hasher.result();
  });
}

/** Collects the hashes that packages and checksum files need. */
export class Hasher {
  readonly #sha256 = createHash("sha256");
  readonly #sha512 = createHash("sha512");
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#sha512.update(bytes);
    this.#size += bytes.length;
  }

  /** Ends the collection. */
  result(): FileHashes {
    return {
      size: this.#size,
      sha256: this.#sha256.digest("hex"),
      integrity: `sha512-${this.#sha512.digest("base64")}`,
    };
  }
}
