import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import type { Probes } from "../src/index.ts";

const made: string[] = [];
afterAll(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "multiarch-host-"));
  made.push(folder);
  return folder;
}

/** A folder that stands for `/`, with these files in it. */
export async function rootWith(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** A Linux x64 machine with glibc and nothing else, but for what a test says. */
export async function machine(
  special: Partial<Probes> & { files?: Readonly<Record<string, string | Uint8Array>> } = {},
): Promise<Probes> {
  const { files = {}, ...probes } = special;
  return {
    platform: "linux",
    arch: "x64",
    endianness: "LE",
    release: "6.17.0-1010-azure",
    armVersion: null,
    execPath: "/usr/bin/node",
    root: await rootWith(files),
    runtime: () => ({ glibcVersion: "2.39", sharedObjects: ["/lib/x86_64-linux-gnu/libc.so.6"] }),
    sysctl: async () => {
      throw new Error("sysctl was asked");
    },
    ...probes,
  };
}

export const kernel = (word: string) => ({ "proc/sys/kernel/arch": `${word}\n` });

/** The smallest program that asks for a loader: an ELF header, one PT_INTERP, and the loader's path. */
export function elfWithLoader(loader: string, bits: 32 | 64, endian: "little" | "big"): Uint8Array {
  const wide = bits === 64;
  const headerSize = wide ? 64 : 52;
  const entrySize = wide ? 56 : 32;
  const path = Buffer.from(`${loader}\0`, "latin1");
  const start = headerSize + entrySize;
  const file = Buffer.alloc(start + path.length);
  const little = endian === "little";
  const write16 = (value: number, at: number) =>
    little ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at);
  const write32 = (value: number, at: number) =>
    little ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at);
  const writeWord = (value: number, at: number) => {
    if (!wide) return write32(value, at);
    return little
      ? file.writeBigUInt64LE(BigInt(value), at)
      : file.writeBigUInt64BE(BigInt(value), at);
  };
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1, 0]);
  write16(2, 16);
  write16(endian === "big" ? 22 : wide ? 62 : 40, 18);
  write32(1, 20);
  writeWord(headerSize, wide ? 32 : 28);
  if (!wide) write32(0x05000400, 36);
  write16(headerSize, wide ? 52 : 40);
  write16(entrySize, wide ? 54 : 42);
  write16(1, wide ? 56 : 44);
  write32(3, headerSize);
  writeWord(start, headerSize + (wide ? 8 : 4));
  writeWord(path.length, headerSize + (wide ? 32 : 16));
  writeWord(path.length, headerSize + (wide ? 40 : 20));
  file.set(path, start);
  return file;
}

export const cpuinfo = (flags: string) =>
  `processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: some\nflags\t\t: ${flags}\nbugs\t\t:\n`;
const level1 = "fpu sse sse2 lm pni";
const level2 = `${level1} cx16 lahf_lm popcnt ssse3 sse4_1 sse4_2`;
const level3 = `${level2} avx avx2 bmi1 bmi2 f16c fma abm movbe xsave`;
export const flags = {
  level1,
  level2,
  level3,
  level4: `${level3} avx512f avx512bw avx512cd avx512dq avx512vl`,
};
