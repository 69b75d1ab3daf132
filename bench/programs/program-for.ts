import { rows, type TargetRow } from "@multiarch/targets";
import { linuxProgram } from "../../test/support/binaries.ts";
import { type ElfPlan, writeElf } from "../../test/support/write/elf.ts";
import {
  buildVersion,
  cpu,
  named,
  signature,
  writeFat,
  writeMacho,
} from "../../test/support/write/macho.ts";
import { writePe } from "../../test/support/write/pe.ts";
import { writeWasm } from "../../test/support/write/wasm.ts";

/** ELF's words for a processor. */
const processors: Readonly<Record<string, ElfPlan>> = {
  x64: { machine: 62 },
  ia32: { machine: 3, bits: 32 },
  arm64: { machine: 183 },
  arm: { machine: 40, bits: 32, flags: 0x500_0400 },
  ppc64le: { machine: 21, flags: 2 },
  ppc64: { machine: 21, flags: 1, little: false },
  s390x: { machine: 22, little: false },
  riscv64: { machine: 243, flags: 5 },
  loong64: { machine: 258, flags: 0x43 },
  mips64el: { machine: 8, flags: 0x8000_0000 },
  mipsel: { machine: 8, bits: 32, flags: 0x7000_0000 },
};

/** glibc's loader, where the name is not that of x64's kind. */
const loaders: Readonly<Record<string, string>> = {
  x64: "/lib64/ld-linux-x86-64.so.2",
  ia32: "/lib/ld-linux.so.2",
  arm64: "/lib/ld-linux-aarch64.so.1",
  arm: "/lib/ld-linux-armhf.so.3",
  ppc64le: "/lib64/ld64.so.2",
  s390x: "/lib/ld64.so.1",
  riscv64: "/lib/ld-linux-riscv64-lp64d.so.1",
  loong64: "/lib64/ld-linux-loongarch-lp64d.so.1",
  mips64el: "/lib64/ld.so.1",
  mipsel: "/lib/ld.so.1",
};

/** A program that the readers take for one of the target, dynamic where the target has a C library. It does not run. */
export function programFor(id: string, size: number): Uint8Array {
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw new RangeError(`there is no target ${id}`);
  if (row.arch === "wasm32") return wasm(size);
  if (row.os === "darwin") return macos(row);
  if (row.os === "windows") {
    const machine = { x64: 0x8664, arm64: 0xaa64, ia32: 0x14c }[row.arch as string];
    return writePe({ machine: machine ?? 0, bits: row.bits, imports: ["kernel32.dll"] });
  }
  return unix(row);
}

/** A program that really runs on this machine, static. */
export function ownProgram(): Uint8Array {
  return linuxProgram(process.arch === "arm64" ? "arm64" : "x64", {
    label: "bench",
    text: "1.0.0\n",
  });
}

/** What follows must belong to a section: here one that nobody reads, up to `size` bytes. */
function wasm(size: number): Uint8Array {
  const program = writeWasm({ exports: ["_start"] });
  const length = size - program.length - 6;
  const padded = [0, 7, 14, 21, 28].map(
    (bits) => ((length >>> bits) & 127) | (bits < 28 ? 128 : 0),
  );
  return Uint8Array.of(...program, 0, ...padded);
}

function macos({ arch }: TargetRow): Uint8Array {
  const thin = (processor: "x64" | "arm64"): Uint8Array =>
    writeMacho({
      cpu: cpu[processor],
      commands: [
        buildVersion(1, "11.0", "14.0"),
        named(0xc, "/usr/lib/libSystem.B.dylib"),
        signature(0, 32),
      ],
      tail: 64,
    });
  if (arch === "x64" || arch === "arm64") return thin(arch);
  return writeFat([
    { cpu: cpu.x64, bytes: thin("x64") },
    { cpu: cpu.arm64, bytes: thin("arm64") },
  ]);
}

function unix(row: TargetRow): Uint8Array {
  const plan = processors[row.arch];
  if (plan === undefined) throw new RangeError(`no program can be written for ${row.id}`);
  // One static program for every level of 32-bit Arm: npm cannot tell the levels apart.
  if (row.os === "linux" && row.arch === "arm") return writeElf({ ...plan, flags: 0x500_0200 });
  // npm cannot tell byte orders apart either, but a static program from one that needs glibc.
  if (row.arch === "ppc64") return writeElf(plan);
  if (row.os === "freebsd") {
    return writeElf({
      ...plan,
      osabi: 9,
      interpreter: "/libexec/ld-elf.so.1",
      needed: ["libc.so.7"],
    });
  }
  if (row.os === "android") {
    const interpreter = `/system/bin/linker${row.bits === 64 ? "64" : ""}`;
    return writeElf({
      ...plan,
      flags: row.arch === "arm" ? 0x500_0200 : 0,
      interpreter,
      needed: ["libc.so"],
    });
  }
  if (row.os === "openharmony") {
    const content = new Uint8Array([0, 0, 0, 0]);
    return writeElf({ ...plan, notes: [{ name: "OHOS", type: 1, content, unpadded: true }] });
  }
  if (row.libc === "musl") {
    const processor = row.uname;
    return writeElf({
      ...plan,
      interpreter: `/lib/ld-musl-${processor}.so.1`,
      needed: [`libc.musl-${processor}.so.1`],
    });
  }
  return writeElf({
    ...plan,
    interpreter: loaders[row.arch] ?? "",
    needed: ["libc.so.6"],
    versions: { "libc.so.6": ["GLIBC_2.17"] },
  });
}
