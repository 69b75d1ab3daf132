import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import type { ByteSource } from "@multiarch/binary";
import { writeElf } from "./write/elf.ts";
import {
  buildVersion,
  cpu,
  named,
  segment64,
  signature,
  writeFat,
  writeMacho,
} from "./write/macho.ts";
import { writePe } from "./write/pe.ts";
import { writeWasm } from "./write/wasm.ts";

/** A file of which only the parts that a reader of facts looks at are kept; the rest of it reads as zeros. */
export interface SparseFile {
  readonly name: string;
  readonly size: number;
  readonly ranges: readonly (readonly [offset: number, length: number])[];
  /** The ranges' bytes, one after the other. */
  readonly bytes: Uint8Array;
}

/**
 * Headers and tables of published files, the smallest of each kind among those of test/corpus: every format, system,
 * processor, byte order, C library, with and without signature. A line names package and file, and holds what `readFacts`
 * reads of it in steps of 16 bytes, deflated.
 */
export function realHeaders(): SparseFile[] {
  const text = readFileSync(join(import.meta.dirname, "headers.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { bytes, ...rest } = JSON.parse(line) as Omit<SparseFile, "bytes"> & { bytes: string };
      return { ...rest, bytes: new Uint8Array(inflateRawSync(Buffer.from(bytes, "base64"))) };
    });
}

/** Kinds that no published package of the corpus has: ARM64EC, programs for MIPS, wide fat files, wasm with a start. */
export function writtenHeaders(): SparseFile[] {
  const commands = [
    named(0xe, "/usr/lib/dyld", 12),
    buildVersion(1, "11.0", "15.0"),
    segment64(0, 16),
    named(0xc, "/usr/lib/libSystem.B.dylib"),
    signature(0, 16),
  ];
  const slices = [
    { cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.x64, commands, tail: 32 }) },
    { cpu: cpu.arm64, bytes: writeMacho({ commands, tail: 32 }) },
  ];
  const mips = { machine: 8, interpreter: "/lib/ld-musl-mips.so.1", needed: ["libc.so"] };
  return [
    whole("ARM64EC", writePe({ imports: ["KERNEL32.dll"], signed: true, hybrid: true })),
    whole("MIPS", writeElf({ ...mips, bits: 32, little: false })),
    whole("MIPS64", writeElf({ machine: 8, little: false, interpreter: "/lib64/ld.so.1" })),
    whole("wide fat file", writeFat(slices, true)),
    whole(
      "relative relocations",
      writeElf({
        type: 3,
        relr: true,
        needed: ["libc.so.6"],
        versions: { "libc.so.6": ["GLIBC_2.17"] },
      }),
    ),
    whole(
      "WASI",
      writeWasm({ imports: [["wasi_snapshot_preview1", "b"]], exports: ["memory", "_start"] }),
    ),
  ];
}

function whole(name: string, bytes: Uint8Array): SparseFile {
  return { name, size: bytes.length, ranges: [[0, bytes.length]], bytes };
}

/** What was asked of a source. */
export interface Asked {
  reads: number;
  bytes: number;
  largest: number;
  /** A range that no careful reader asks for. */
  outside: boolean;
}

/** The file as a source that counts. */
export function countingSource(file: SparseFile): { source: ByteSource; asked: Asked } {
  const asked: Asked = { reads: 0, bytes: 0, largest: 0, outside: false };
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    asked.reads++;
    asked.bytes += length;
    asked.largest = Math.max(asked.largest, length);
    asked.outside ||= offset < 0 || offset >= file.size;
    return readSparse(file, offset, length);
  };
  return { source: { size: file.size, read }, asked };
}

function readSparse(file: SparseFile, offset: number, length: number): Uint8Array {
  const result = new Uint8Array(Math.max(0, Math.min(length, file.size - offset)));
  let place = 0;
  for (const [start, size] of file.ranges) {
    const from = Math.max(start, offset);
    const to = Math.min(start + size, offset + result.length);
    if (from < to) {
      result.set(file.bytes.subarray(place + from - start, place + to - start), from - offset);
    }
    place += size;
  }
  return result;
}

/** Where the byte at `offset` of the file lies in `bytes`. */
export function placeOf(file: SparseFile, offset: number): number {
  let place = 0;
  for (const [start, size] of file.ranges) {
    if (offset >= start && offset < start + size) return place + offset - start;
    place += size;
  }
  throw new Error(`${file.name}: nothing is kept at ${offset}`);
}
