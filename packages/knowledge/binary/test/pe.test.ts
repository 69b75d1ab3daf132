import { describe, expect, test } from "@jest/globals";
import { writePe } from "../../../../test/support/write/pe.ts";
import { factsOf } from "./read.ts";

test("a program", async () => {
  const bytes = writePe({ imports: ["KERNEL32.dll", "VCRUNTIME140.dll"], signed: true });
  expect(await factsOf(bytes)).toMatchObject({
    format: "pe",
    os: "windows",
    arch: "x64",
    bits: 64,
    endian: "little",
    type: "executable",
    libc: null,
    static: null,
    needed: ["kernel32.dll", "vcruntime140.dll"],
    signed: true,
    minos: null,
  });
});

test.each([
  [0x14c, 32, "ia32"],
  [0x8664, 64, "x64"],
  [0xaa64, 64, "arm64"],
  [0xa641, 64, "arm64ec"],
  [0x1c4, 32, "arm"],
  [0x200, 64, null],
] as const)("machine %i, %i bits", async (machine, bits, arch) => {
  expect(await factsOf(writePe({ machine, bits, library: true }))).toMatchObject({
    arch,
    bits,
    type: "library",
    signed: false,
    needed: [],
  });
});

describe("hybrid metadata", () => {
  test("makes an x64 image ARM64EC", async () => {
    expect(await factsOf(writePe({ hybrid: true }))).toMatchObject({ arch: "arm64ec" });
  });

  test("leaves an arm64 image what it is", async () => {
    expect(await factsOf(writePe({ machine: 0xaa64, hybrid: true }))).toMatchObject({
      arch: "arm64",
    });
  });
});

test("a UEFI program has no operating system", async () => {
  expect(await factsOf(writePe({ subsystem: 10 }))).toMatchObject({ os: null, arch: "x64" });
});

test("a file of debug information, whose sections are empty, imports nothing that could be read", async () => {
  const bytes = writePe({ imports: ["a.dll"] });
  const header = 64 + 24 + 112 + 16 * 8;
  expect(Buffer.from(bytes.subarray(header, header + 6)).toString()).toBe(".rdata");
  new DataView(bytes.buffer).setUint32(header + 16, 0, true);
  expect(await factsOf(bytes)).toMatchObject({ arch: "x64", needed: [] });
});

describe("refused", () => {
  const changed = (change: (view: DataView) => void): Uint8Array => {
    const bytes = writePe({ imports: ["a.dll"], signed: true });
    change(new DataView(bytes.buffer));
    return bytes;
  };
  const directories = 64 + 24 + 112;
  test.each([
    ["a DOS program", changed((view) => view.setUint32(60, 0x200, true)), "MA601"],
    ["a section outside the file", writePe({ imports: ["a.dll"] }).subarray(0, 0x410), "MA602"],
    [
      "imports in no section",
      changed((view) => view.setUint32(directories + 8, 0x9000, true)),
      "MA602",
    ],
    [
      "a signature outside the file",
      changed((view) => view.setUint32(directories + 36, 0x900000, true)),
      "MA602",
    ],
    ["a machine of 64 bits in an image of 32", writePe({ machine: 0x8664, bits: 32 }), "MA602"],
    ["a machine of 32 bits in an image of 64", writePe({ machine: 0x14c, bits: 64 }), "MA602"],
    ["too many sections", changed((view) => view.setUint16(64 + 6, 97, true)), "MA602"],
  ])("%s", async (_name, bytes, id) => {
    await expect(factsOf(bytes)).rejects.toMatchObject({ name: "UserError", id });
  });
});
