import { open, rm } from "node:fs/promises";
import { fileSource } from "@multiarch/archive";
import { type ByteSource, memorySource } from "@multiarch/binary";

/** Keeps the bytes of one file of an archive while they arrive, for a reader that goes back and forth in them. */
export interface Holder {
  add(chunk: Uint8Array): Promise<void>;
  /** Lets the reader have the bytes, after the last one was added. */
  look<Result>(work: (source: ByteSource) => Promise<Result>): Promise<Result>;
  /** Must be called, whatever happened. */
  drop(): Promise<void>;
}

/** One buffer for one file after the other: new ones would pile up until they are collected. */
export class Scratch {
  #buffer = Buffer.alloc(0);

  /** Valid until the next call. */
  take(size: number): Buffer {
    if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafeSlow(size);
    return this.#buffer.subarray(0, size);
  }
}

/** Holds `size` bytes in memory. */
export function memoryHolder(scratch: Scratch, size: number): Holder {
  const buffer = scratch.take(size);
  let filled = 0;
  return {
    async add(chunk) {
      buffer.set(chunk, filled);
      filled += chunk.length;
    },
    look: (work) => work(memorySource(buffer.subarray(0, filled))),
    drop: async () => {},
  };
}

/** Holds bytes in a new file. `keep`: it stays when it was looked at with success. Throws what the disk says. */
export async function fileHolder(path: string, { keep }: { keep: boolean }): Promise<Holder> {
  const handle = await open(path, "wx", 0o600);
  let writing = true;
  let kept = false;
  const close = async () => {
    if (writing) await handle.close();
    writing = false;
  };
  return {
    async add(chunk) {
      for (let written = 0; written < chunk.length; ) {
        written += (await handle.write(chunk, written)).bytesWritten;
      }
    },
    async look(work) {
      await close();
      const source = await fileSource(path);
      try {
        const result = await work(source);
        kept = keep;
        return result;
      } finally {
        await source.close();
      }
    },
    async drop() {
      await close();
      if (!kept) await rm(path, { force: true });
    },
  };
}
