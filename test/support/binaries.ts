import { type Behaviour, type LinuxProcessor, machineCode } from "./machine-code.ts";

import { type ElfPlan, writeElf } from "./write/elf.ts";
import { buildVersion, cpu, named, signature, writeMacho } from "./write/macho.ts";
import { writePe } from "./write/pe.ts";

/** ELF's words for each processor, and the loaders of its two C libraries. */
const processors = {
  x64: {
    elf: { machine: 62 },
    glibc: "/lib64/ld-linux-x86-64.so.2",
    musl: "/lib/ld-musl-x86_64.so.1",
  },
  ia32: {
    elf: { machine: 3, bits: 32 },
    glibc: "/lib/ld-linux.so.2",
    musl: "/lib/ld-musl-i386.so.1",
  },
  arm64: {
    elf: { machine: 183 },
    glibc: "/lib/ld-linux-aarch64.so.1",
    musl: "/lib/ld-musl-aarch64.so.1",
  },
  armv7: {
    elf: { machine: 40, bits: 32, flags: 0x5000400 },
    glibc: "/lib/ld-linux-armhf.so.3",
    musl: "/lib/ld-musl-armhf.so.1",
  },
  riscv64: {
    elf: { machine: 243, flags: 5 },
    glibc: "/lib/ld-linux-riscv64-lp64d.so.1",
    musl: "/lib/ld-musl-riscv64.so.1",
  },
  ppc64le: {
    elf: { machine: 21, flags: 2 },
    glibc: "/lib64/ld64.so.2",
    musl: "/lib/ld-musl-powerpc64le.so.1",
  },
  s390x: {
    elf: { machine: 22, little: false },
    glibc: "/lib/ld64.so.1",
    musl: "/lib/ld-musl-s390x.so.1",
  },
} as const satisfies Record<LinuxProcessor, { elf: ElfPlan; glibc: string; musl: string }>;

/** A static program that really runs; `label` makes its bytes differ from another's. */
export function linuxProgram(
  processor: LinuxProcessor,
  { label = "", exit = 0, ...more }: Partial<Behaviour> & { label?: string } = {},
): Uint8Array {
  const code = machineCode[processor]({ exit, ...more });
  const note = { name: "multiarch-test", type: 1, content: Buffer.from(label.padEnd(4)) };
  return writeElf({ ...processors[processor].elf, code, notes: [note] });
}

/** A program that needs a loader and this version of glibc. Only what readers look at is true: it does not run. */
export function glibcProgram(processor: LinuxProcessor, need: string): Uint8Array {
  const { elf, glibc } = processors[processor];
  return writeElf({
    ...elf,
    interpreter: glibc,
    needed: ["libc.so.6"],
    versions: { "libc.so.6": [`GLIBC_${need}`] },
  });
}

/** A program for musl's loader; it does not run. */
export function muslProgram(processor: LinuxProcessor): Uint8Array {
  const { elf, musl } = processors[processor];
  return writeElf({ ...elf, interpreter: musl, needed: ["libc.so"] });
}

/** A signed program for macOS 11; it does not run. */
export function macosProgram(processor: "x64" | "arm64", label = ""): Uint8Array {
  const program = writeMacho({
    cpu: cpu[processor],
    commands: [
      buildVersion(1, "11.0", "14.0"),
      named(0xc, "/usr/lib/libSystem.B.dylib"),
      signature(0, 32),
    ],
    tail: 64,
  });
  program.set(Buffer.from(label.slice(0, 64)), program.length - 64);
  return program;
}

/** A console program for Windows; it does not run. */
export function windowsProgram(processor: "x64" | "arm64" | "ia32"): Uint8Array {
  const machine = { x64: 0x8664, arm64: 0xaa64, ia32: 0x14c }[processor];
  return writePe({
    machine,
    bits: processor === "ia32" ? 32 : 64,
    imports: ["kernel32.dll"],
  });
}

/** A program that is what a target asks for: static on Linux, whatever the target's C library. */
export function programFor(target: string, behaviour: Partial<Behaviour> = {}): Uint8Array {
  const [system, processor] = target.split("-");
  if (system === "linux" && isProcessor(processor)) {
    return linuxProgram(processor, { label: target, ...behaviour });
  }
  if (system === "darwin" && (processor === "x64" || processor === "arm64")) {
    return macosProgram(processor, target);
  }
  if (system === "windows" && ["x64", "arm64", "ia32"].includes(processor ?? "")) {
    return windowsProgram(processor as "x64" | "arm64" | "ia32");
  }
  throw new RangeError(`no program can be written for ${target}`);
}

function isProcessor(word: string | undefined): word is LinuxProcessor {
  return word !== undefined && Object.hasOwn(machineCode, word);
}
