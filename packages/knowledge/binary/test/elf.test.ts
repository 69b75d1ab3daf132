import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { type ElfRow, elfTable } from "./elf-table.ts";
import { factsOf } from "./read.ts";

const empty = new Uint8Array(0);

describe("architectures", () => {
  const row = (
    arch: Facts["arch"],
    machine: number,
    bits: 32 | 64,
    little: boolean,
    flags = 0,
  ): ElfRow => [
    `${arch ?? "none"} from machine ${machine}, ${bits} bits, ${little ? "little" : "big"}, flags ${flags}`,
    { machine, bits, little, flags },
    { arch, bits, endian: little ? "little" : "big" },
  ];
  elfTable([
    row("x64", 62, 64, true),
    row("ia32", 3, 32, true),
    row("arm64", 183, 64, true),
    row("arm", 40, 32, true),
    row("riscv64", 243, 64, true),
    row("ppc64", 21, 64, false),
    row("ppc64le", 21, 64, true),
    row("s390x", 22, 64, false),
    row("loong64", 258, 64, true),
    row("mips", 8, 32, false),
    row("mipsel", 8, 32, true),
    row("mips64", 8, 64, false),
    row("mips64el", 8, 64, true),
    // 32-bit ABIs of 64-bit processors, and processors that are none of ours.
    row(null, 62, 32, true),
    row(null, 8, 32, true, 0x20),
    row(null, 43, 64, false),
    // Classes and byte orders that the processor does not run in.
    row(null, 3, 64, true),
    row(null, 62, 64, false),
    row(null, 183, 64, false),
    row(null, 21, 32, false),
    row(null, 22, 64, true),
  ]);
});

describe("program, library, static", () => {
  elfTable([
    ["static program", { type: 2 }, { type: "executable", static: true }],
    [
      "static position-independent program, marked",
      { type: 3, pie: true },
      { type: "executable", static: true },
    ],
    [
      "static position-independent program, by its debug entry",
      { type: 3, debugTag: true },
      { type: "executable", static: true },
    ],
    [
      "static position-independent program, by its entry point",
      { type: 3, entry: 4096 },
      { type: "executable", static: true },
    ],
    [
      "library that needs nothing is not static",
      { type: 3, soname: "libdata.so.1" },
      { type: "library", static: false },
    ],
    [
      "library with an entry point of an old linker",
      { type: 3, entry: 4096, soname: "libold.so" },
      { type: "library" },
    ],
    [
      "library that can be started",
      { type: 3, entry: 4096, soname: "libc.so.6", interpreter: "/lib64/ld-linux-x86-64.so.2" },
      { type: "library", static: false },
    ],
    [
      "position-independent program",
      { type: 3, interpreter: "/lib64/ld-linux-x86-64.so.2" },
      { type: "executable", static: false },
    ],
    [
      "program without interpreter that needs a library",
      { type: 2, needed: ["libc.so.6"] },
      { type: "executable", static: false },
    ],
    ["object", { type: 1 }, { type: "object", static: null }],
    [
      "interpreter of a debug file is garbage",
      { interpreter: "\x7fELF\x02\x01" },
      { interp: null, static: false },
    ],
  ]);
});

describe("stripped", () => {
  const symbols = { name: ".symtab", type: 2, content: new Uint8Array(24) };
  elfTable([
    ["with a symbol table", { sections: [symbols] }, { stripped: false }],
    ["without", { sections: [] }, { stripped: true }],
    ["unknown without section headers", { sections: null }, { stripped: null }],
  ]);
});

test("objects without program headers", async () => {
  const bytes = writeElf({ type: 1, sections: [{ name: ".text", type: 1, content: empty }] });
  new DataView(bytes.buffer).setUint16(56, 0, true);
  expect(await factsOf(bytes)).toMatchObject({ type: "object", arch: "x64" });
});
