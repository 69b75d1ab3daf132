import { writeElf } from "./write/elf.ts";
import { buildVersion, cpu, named, signature, writeFat, writeMacho } from "./write/macho.ts";
import { writePe } from "./write/pe.ts";

/** The name that Python calls in an extension module; readers look for the bytes only. */
const entry = (module: string): Uint8Array => Buffer.from(`\0PyInit_${module}\0`);

interface Library {
  /** An extension module of this name. */
  readonly module?: string;
  readonly needed?: readonly string[];
  readonly glibc?: string;
  readonly soname?: string;
}

/** A shared library for Linux on x64. It is laid out as readers expect, and cannot be loaded. */
export function linuxLibrary({
  module,
  needed = ["libc.so.6"],
  glibc,
  soname,
}: Library = {}): Uint8Array {
  return writeElf({
    machine: 62,
    type: 3,
    needed: [...needed],
    ...(soname === undefined ? {} : { soname }),
    ...(glibc === undefined ? {} : { versions: { "libc.so.6": [`GLIBC_${glibc}`] } }),
    ...(module === undefined
      ? {}
      : { notes: [{ name: "multiarch-test", type: 1, content: entry(module) }] }),
  });
}

/** A bundle for macOS 11. */
export function macosLibrary(
  { module = "", needed = "/usr/lib/libSystem.B.dylib" }: { module?: string; needed?: string } = {},
  processor: "x64" | "arm64" = "arm64",
): Uint8Array {
  const bundle = writeMacho({
    cpu: cpu[processor],
    type: 8,
    commands: [buildVersion(1, "11.0", "14.0"), named(0xc, needed), signature(0, 32)],
    tail: 64,
  });
  bundle.set(entry(module).subarray(0, 64), bundle.length - 64);
  return bundle;
}

/** A DLL for Windows on x64. */
export function windowsLibrary({
  needed = ["python3.dll"],
}: Pick<Library, "needed"> = {}): Uint8Array {
  return writePe({
    machine: 0x8664,
    bits: 64,
    library: true,
    imports: ["kernel32.dll", ...needed],
  });
}

/** A bundle for both processors of macOS. */
export function universalLibrary(library: Pick<Library, "module"> = {}): Uint8Array {
  return writeFat([
    { cpu: cpu.x64, bytes: macosLibrary(library, "x64") },
    { cpu: cpu.arm64, bytes: macosLibrary(library) },
  ]);
}
