import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** Slices start at such offsets: a page of the processor with the largest ones, which the kernel maps whole. */
const alignmentPower = 14;
const alignment = 2 ** alignmentPower;
const headerSize = 8;
const entrySize = 20;
const fatMagic = 0xcafebabe;

/** A thin Mach-O file. */
export interface Slice {
  readonly path: string;
  readonly size: number;
}

/**
 * Writes a universal Mach-O file (`mach-o/fat.h`): a big-endian table of the slices, and the slices as they are, so that each
 * keeps its signature. The processor of each is copied from its own header.
 */
export async function writeUniversal(slices: readonly Slice[], path: string): Promise<void> {
  const table = Buffer.alloc(headerSize + entrySize * slices.length);
  table.writeUInt32BE(fatMagic, 0);
  table.writeUInt32BE(slices.length, 4);
  let offset = aligned(table.length);
  const offsets: number[] = [];
  for (const [index, slice] of slices.entries()) {
    const { type, subtype } = await readProcessor(slice.path);
    const place = headerSize + entrySize * index;
    table.writeUInt32BE(type, place);
    table.writeUInt32BE(subtype, place + 4);
    table.writeUInt32BE(offset, place + 8);
    table.writeUInt32BE(slice.size, place + 12);
    table.writeUInt32BE(alignmentPower, place + 16);
    offsets.push(offset);
    offset = aligned(offset + slice.size);
  }
  const file = await open(path, "wx", 0o755);
  try {
    await file.write(table, 0, table.length, 0);
    for (const [index, slice] of slices.entries()) {
      let position = offsets[index] ?? 0;
      for await (const chunk of createReadStream(slice.path)) {
        await file.write(chunk, 0, chunk.length, position);
        position += chunk.length;
      }
    }
  } finally {
    await file.close();
  }
}

/** `cputype` and `cpusubtype`, the second and third field of a thin file's little-endian header. */
async function readProcessor(path: string): Promise<{ type: number; subtype: number }> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
    return { type: buffer.readUInt32LE(4), subtype: buffer.readUInt32LE(8) };
  } finally {
    await file.close();
  }
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
