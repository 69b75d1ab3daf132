import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Probes } from "./types.ts";

/** `e_machine` of programs that a Linux distribution consists of, for little-endian and big-endian files. */
const machines: Readonly<Record<string, string>> = {
  "3 1": "ia32",
  "8 1": "mipsel",
  "20 2": "ppc",
  "21 1": "ppc64le",
  "21 2": "ppc64",
  "22 2": "s390x",
  "40 1": "arm",
  "62 1": "x64",
  "183 1": "arm64",
  "243 1": "riscv64",
  "258 1": "loong64",
};
const sixtyFour = 2;

/**
 * The architecture of the distribution's own programs, read from its shell: neither that of this process (a runner brings its
 * Node along) nor that of the kernel (which may be 64-bit below 32-bit programs). `null` where it cannot be read.
 */
export function userlandArchitecture({ platform, root }: Probes): string | null {
  if (platform !== "linux") return null;
  const head = readHead(join(root, "bin/sh"));
  if (head === null || head.toString("latin1", 0, 4) !== "\x7fELF") return null;
  const endian = head[5] ?? 0;
  const machine = endian === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
  const arch = machines[`${machine} ${endian}`] ?? null;
  return arch === "mipsel" && head[4] === sixtyFour ? "mips64el" : arch;
}

function readHead(path: string): Buffer | null {
  try {
    const handle = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(20);
      return readSync(handle, buffer, 0, 20, 0) === 20 ? buffer : null;
    } finally {
      closeSync(handle);
    }
  } catch {
    // Containers without a shell exist: then this source says nothing.
    return null;
  }
}
