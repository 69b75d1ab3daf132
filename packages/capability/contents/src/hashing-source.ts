import { createHash } from "node:crypto";
import type { FileSource } from "@multiarch/archive";

/** Read at once: an archive of thousands of small files costs some dozen calls of the system, not thousands. */
const windowBytes = 256 * 1024;

/** A source that takes the hash of the file while others read it, so that a file is read once. */
export interface HashingSource {
  readonly source: FileSource;
  /** 64 hex digits, over the whole file: reads what nobody read. */
  sha256(): Promise<string>;
}

/**
 * Readers of archives go from the beginning to the end, with a look at the end before. What is read in order is hashed in
 * passing.
 */
export function hashingSource(file: FileSource): HashingSource {
  const hash = createHash("sha256");
  let hashed = 0;
  let window: Uint8Array = Buffer.alloc(0);
  let windowStart = 0;
  const fetch = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = await file.read(offset, length);
    if (offset <= hashed && offset + bytes.length > hashed) {
      hash.update(bytes.subarray(hashed - offset));
      hashed = offset + bytes.length;
    }
    return bytes;
  };
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    if (length >= windowBytes) return fetch(offset, length);
    const end = Math.min(offset + length, file.size);
    if (offset < windowStart || end > windowStart + window.length) {
      window = await fetch(offset, windowBytes);
      windowStart = offset;
    }
    return window.subarray(offset - windowStart, Math.max(offset, end) - windowStart);
  };
  return {
    source: { size: file.size, read, close: () => file.close() },
    async sha256() {
      while (hashed < file.size) {
        if ((await fetch(hashed, windowBytes)).length === 0) break;
      }
      return hash.digest("hex");
    },
  };
}
