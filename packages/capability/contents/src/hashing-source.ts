import { createHash } from "node:crypto";
import type { FileSource } from "@multiarch/archive";

const chunkBytes = 2 ** 20;

/** A source that takes the hash of the file while others read it, so that a file is read once. */
export interface HashingSource {
  readonly source: FileSource;
  /** 64 hex digits, over the whole file: reads what nobody read. */
  sha256(): Promise<string>;
}

/** Readers of archives go from the beginning to the end, with a look at the end before; only what is in order is hashed in passing. */
export function hashingSource(file: FileSource): HashingSource {
  const hash = createHash("sha256");
  let hashed = 0;
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = await file.read(offset, length);
    if (offset <= hashed && offset + bytes.length > hashed) {
      hash.update(bytes.subarray(hashed - offset));
      hashed = offset + bytes.length;
    }
    return bytes;
  };
  return {
    source: { size: file.size, read, close: () => file.close() },
    async sha256() {
      while (hashed < file.size) {
        const bytes = await read(hashed, chunkBytes);
        if (bytes.length === 0) break;
      }
      return hash.digest("hex");
    },
  };
}
