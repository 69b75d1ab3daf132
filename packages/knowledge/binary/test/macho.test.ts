import { describe, expect, test } from "@jest/globals";
import {
  buildVersion,
  cpu,
  minimumVersion,
  named,
  segment64,
  signature,
  writeFat,
  writeMacho,
} from "../../../../test/support/write/macho.ts";
import { factsOf } from "./read.ts";

const system = named(0xc, "/usr/lib/libSystem.B.dylib");

test("a thin program", async () => {
  const bytes = writeMacho({
    commands: [
      named(0xe, "/usr/lib/dyld", 12),
      buildVersion(1, "11.0", "15.5"),
      system,
      signature(0, 64),
    ],
    tail: 64,
  });
  expect(await factsOf(bytes)).toMatchObject({
    format: "macho",
    os: "darwin",
    arch: "arm64",
    bits: 64,
    endian: "little",
    type: "executable",
    libc: null,
    static: null,
    needed: ["/usr/lib/libSystem.B.dylib"],
    minos: "11.0",
    signed: true,
    slices: [
      {
        arch: "arm64",
        minos: "11.0",
        sdk: "15.5",
        platform: "macos",
        signed: true,
        needed: ["/usr/lib/libSystem.B.dylib"],
      },
    ],
  });
});

test("an arm64 program without a signature, which the kernel kills", async () => {
  expect(await factsOf(writeMacho({ commands: [buildVersion(1, "11.0", "0")] }))).toMatchObject({
    signed: false,
    slices: [{ signed: false, sdk: null }],
  });
});

test("a library names itself, its search folders and every way to load another", async () => {
  const bytes = writeMacho({
    cpu: cpu.x64,
    type: 6,
    commands: [
      named(0xd, "@rpath/liba.dylib"),
      minimumVersion(0x24, "10.12.3", "10.14"),
      named(0x80000018, "weak.dylib"),
      named(0x8000001f, "reexported.dylib"),
      named(0x80000023, "upward.dylib"),
      named(0x8000001c, "@loader_path/../lib", 12),
    ],
  });
  expect(await factsOf(bytes)).toMatchObject({
    arch: "x64",
    type: "library",
    soname: "@rpath/liba.dylib",
    minos: "10.12.3",
    needed: ["weak.dylib", "reexported.dylib", "upward.dylib"],
    rpath: ["@loader_path/../lib"],
  });
});

test.each([false, true])("a fat file, 64-bit table: %s", async (wide) => {
  const bytes = writeFat(
    [
      {
        cpu: cpu.x64,
        bytes: writeMacho({
          cpu: cpu.x64,
          commands: [minimumVersion(0x24, "10.12", "12.0"), system],
        }),
      },
      {
        cpu: cpu.arm64,
        bytes: writeMacho({
          commands: [buildVersion(1, "11.0", "12.0"), system, signature(0, 32)],
        }),
      },
    ],
    wide,
  );
  expect(await factsOf(bytes)).toMatchObject({
    os: "darwin",
    arch: null,
    minos: null,
    bits: null,
    signed: false,
    needed: ["/usr/lib/libSystem.B.dylib"],
    slices: [
      { arch: "x64", minos: "10.12", signed: false },
      { arch: "arm64", minos: "11.0", signed: true },
    ],
  });
});

test("a slice of a processor outside the vocabulary is left out", async () => {
  const bytes = writeFat([
    { cpu: cpu.ppc, bytes: writeMacho({ cpu: cpu.ppc, bits: 32, little: false }) },
    { cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.x64 }) },
  ]);
  expect((await factsOf(bytes)).slices).toMatchObject([{ arch: "x64" }]);
});

describe("platforms", () => {
  test.each([
    [2, "ios", "ios"],
    [7, "iossimulator", "ios"],
    [6, "maccatalyst", "darwin"],
    [3, "tvos", null],
  ])("%d is %s", async (number, platform, os) => {
    const facts = await factsOf(writeMacho({ commands: [buildVersion(number, "14.0", "17.0")] }));
    expect(facts).toMatchObject({ os, slices: [{ platform }] });
  });

  test("macOS counts where a file also serves Mac Catalyst", async () => {
    const commands = [buildVersion(1, "11.0", "13.0"), buildVersion(6, "14.0", "16.0")];
    expect(await factsOf(writeMacho({ commands }))).toMatchObject({ minos: "11.0", os: "darwin" });
  });
});

describe("refused", () => {
  test.each([
    ["no slices", writeFat([]), "MA602"],
    [
      "a slice outside the file",
      writeFat([{ cpu: cpu.x64, bytes: writeMacho() }]).subarray(0, 4100),
      "MA602",
    ],
    [
      "a slice that is not the one listed",
      writeFat([{ cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.arm64 }) }]),
      "MA602",
    ],
    ["a segment outside the file", writeMacho({ commands: [segment64(0, 100_000)] }), "MA602"],
    ["a signature outside the file", writeMacho({ commands: [signature(100_000, 32)] }), "MA602"],
    ["a command without length", writeMacho({ commands: [new Uint8Array(8)] }), "MA602"],
    [
      "a name outside its command",
      writeMacho({ commands: [named(0xc, "a").map((byte, index) => (index === 8 ? 255 : byte))] }),
      "MA602",
    ],
    [
      "only processors outside the vocabulary",
      writeMacho({ cpu: cpu.ppc, bits: 32, little: false }),
      "MA601",
    ],
    [
      "static libraries",
      writeFat([
        { cpu: cpu.x64, bytes: Buffer.from("!<arch>\n----------------------------------------") },
      ]),
      "MA601",
    ],
  ])("%s", async (_name, bytes, id) => {
    await expect(factsOf(bytes)).rejects.toMatchObject({ name: "UserError", id });
  });
});
