import { parseTarget } from "@multiarch/targets";
import { writeElf } from "./write/elf.ts";
import { buildVersion, cpu, named, signature, writeMacho } from "./write/macho.ts";
import { writePe } from "./write/pe.ts";

/** ELF's and Windows' words for each processor. */
const machines: Readonly<Record<string, { elf: number; pe: number }>> = {
  x64: { elf: 62, pe: 0x8664 },
  arm64: { elf: 183, pe: 0xaa64 },
};

/** A library as Node loads it, of which only what readers look at is true: it cannot be loaded. */
export function addonFor(target: string, need = "2.17"): Uint8Array {
  const [row] = parseTarget(target).rows;
  if (row === undefined) throw new RangeError(`no addon can be written for ${target}`);
  const label = target.padEnd(64);
  const machine = machines[row.arch];
  if (row.os === "windows" && machine !== undefined) {
    return writePe({ machine: machine.pe, library: true, imports: ["kernel32.dll", "node.exe"] });
  }
  if (row.os === "darwin" && (row.arch === "x64" || row.arch === "arm64")) {
    const bundle = writeMacho({
      type: 8,
      cpu: cpu[row.arch],
      commands: [
        buildVersion(1, "11.0", "14.0"),
        named(0xc, "/usr/lib/libSystem.B.dylib"),
        signature(0, 32),
      ],
      tail: 64,
    });
    bundle.set(Buffer.from(label.slice(0, 64)), bundle.length - 64);
    return bundle;
  }
  if (row.os !== "linux" || machine === undefined) {
    throw new RangeError(`no addon can be written for ${target}`);
  }
  const musl = row.libc === "musl";
  return writeElf({
    machine: machine.elf,
    type: 3,
    needed: [musl ? `libc.musl-${row.uname}.so.1` : "libc.so.6"],
    ...(musl ? {} : { versions: { "libc.so.6": [`GLIBC_${need}`] } }),
    notes: [{ name: "multiarch-test", type: 1, content: Buffer.from(label) }],
  });
}
