import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { machine } from "node:os";

/** The ELF `e_machine` values that a kernel runs by itself, by its name for its own kind. */
const kernels: Readonly<Record<string, readonly number[]>> = {
  // With the 32-bit mode, which practically every kernel for x64 has. That of arm64 is missing from many newer processors.
  x86_64: [62, 3],
  i686: [3],
  aarch64: [183],
  armv8l: [40],
  armv7l: [40],
  armv6l: [40],
  riscv64: [243],
  ppc64le: [21],
  ppc64: [21],
  s390x: [22],
  loongarch64: [258],
};

/**
 * Why the kernel would refuse to load a file, or null when it would not.
 *
 * It has to be asked before: where the kernel answers "exec format error", the C library's `execvp`, by which Node starts its
 * children, hands the file to `/bin/sh`. A program for another architecture is then read as a script, garbage is run as
 * commands, and an empty file succeeds.
 */
export function whyNotLoadable(path: string): string | null {
  if (process.platform === "win32") return null;
  const head = readHead(path);
  if (head === null) return null;
  if (head.length === 0) return "the file is empty";
  if (head.toString("latin1", 0, 2) === "#!") return null;
  // Every format of executables has a zero byte early on, text has none.
  if (!head.includes(0)) return "the file is no program, and has no #! line that names one";
  const native = kernels[machine()];
  if (process.platform !== "linux" || native === undefined || !isElf(head)) return null;
  const wanted = machineOf(head);
  // A 32-bit Node on a 64-bit kernel shows that the kernel has the 32-bit mode.
  const own = readHead(process.execPath);
  const isOurs = own !== null && isElf(own) && machineOf(own) === wanted;
  if (native.includes(wanted) || isOurs || hasInterpreter(head)) return null;
  return `the program is for another architecture (ELF machine ${wanted}), and no emulator is registered for it`;
}

function readHead(path: string): Buffer | null {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(256);
      return head.subarray(0, readSync(file, head, 0, head.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    // We may execute it and not read it.
    return null;
  }
}

function isElf(head: Buffer): boolean {
  return head.length >= 20 && head.toString("latin1", 0, 4) === "\x7fELF";
}

function machineOf(head: Buffer): number {
  return head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18);
}

/** Whether an enabled entry of binfmt_misc takes the file. Its text is described in the kernel's admin-guide/binfmt-misc. */
function hasInterpreter(head: Buffer): boolean {
  const folder = "/proc/sys/fs/binfmt_misc";
  // A container seldom has it mounted. That its host has a fitting entry can only be proved by trying (`proven`).
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const entries = names.filter((name) => name !== "register" && name !== "status");
  return entries.some((name) => matches(head, readFileSync(`${folder}/${name}`, "latin1")));
}

function matches(head: Buffer, entry: string): boolean {
  const field = (name: string): string =>
    new RegExp(`^${name} (\\S+)$`, "m").exec(entry)?.[1] ?? "";
  if (!entry.startsWith("enabled\n") || field("magic") === "") return false;
  const magic = Buffer.from(field("magic"), "hex");
  const mask = Buffer.from(field("mask"), "hex");
  const offset = Number(field("offset"));
  return magic.every((byte, index) => {
    const bits = mask[index] ?? 0xff;
    return ((head[offset + index] ?? 0) & bits) === (byte & bits);
  });
}
