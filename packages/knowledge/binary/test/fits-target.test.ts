import { describe, expect, test } from "@jest/globals";
import { fitsTarget } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { type ElfPlan, writeElf } from "../../../../test/support/write/elf.ts";
import { cpu, writeFat, writeMacho } from "../../../../test/support/write/macho.ts";
import { writePe } from "../../../../test/support/write/pe.ts";
import { writeWasm } from "../../../../test/support/write/wasm.ts";
import { factsOf } from "./read.ts";

const asked = (
  os: string,
  arch: string,
  libc: string | null = null,
  armVersion: number | null = null,
) => ({ os, arch, libc, armVersion });
const gnu = asked("linux", "x64", "glibc");
const musl = asked("linux", "x64", "musl");
const elf = (plan: ElfPlan): Uint8Array => writeElf(plan);
const glibcProgram = elf({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6"] });
const arm = (flags: number, plan: ElfPlan = {}): Uint8Array =>
  elf({
    machine: 40,
    bits: 32,
    flags,
    interpreter: "/lib/ld-linux-armhf.so.3",
    needed: ["libc.so.6"],
    ...plan,
  });

describe("serves", () => {
  test.each([
    ["glibc program", glibcProgram, gnu],
    ["static program and glibc", elf({}), gnu],
    ["static program and musl", elf({}), musl],
    ["library without libc and glibc", elf({ type: 3, soname: "a" }), gnu],
    ["library without libc and musl", elf({ type: 3, soname: "a" }), musl],
    ["Windows program", writePe(), asked("windows", "x64")],
    ["thin Mach-O", writeMacho(), asked("darwin", "arm64")],
    [
      "fat Mach-O under a thin target",
      writeFat([
        { cpu: cpu.arm64, bytes: writeMacho() },
        { cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.x64 }) },
      ]),
      asked("darwin", "x64"),
    ],
    [
      "fat Mach-O under universal",
      writeFat([
        { cpu: cpu.arm64, bytes: writeMacho() },
        { cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.x64 }) },
      ]),
      asked("darwin", "universal"),
    ],
    ["hard float on ARM 7", arm(0x5000400), asked("linux", "arm", "glibc", 7)],
    [
      "soft float, but static, on ARM 7",
      elf({ machine: 40, bits: 32, flags: 0x5000200 }),
      asked("linux", "arm", "musl", 7),
    ],
    ["soft float on ARM 5", arm(0x5000200), asked("linux", "arm", "glibc", 5)],
    ["wasm without imports", writeWasm({ exports: ["a"] }), asked("wasi", "wasm32")],
  ])("%s", async (_name, bytes, target) => {
    expect(fitsTarget(await factsOf(bytes), target)).toEqual([]);
  });
});

describe("does not serve", () => {
  test.each([
    [
      "a musl program on glibc",
      elf({ interpreter: "/lib/ld-musl-x86_64.so.1", needed: ["libc.so"] }),
      gnu,
      "libc: expected glibc, found musl",
    ],
    ["a glibc program on musl", glibcProgram, musl, "libc: expected musl, found glibc"],
    [
      "an unknown loader",
      elf({ interpreter: "/opt/loader" }),
      gnu,
      "libc: expected glibc, found the unknown loader /opt/loader",
    ],
    [
      "an x64 program under arm64",
      glibcProgram,
      asked("linux", "arm64", "glibc"),
      "arch: expected arm64, found x64",
    ],
    [
      "an ELF file under macOS",
      elf({}),
      asked("darwin", "x64"),
      "os: expected darwin, found linux",
    ],
    ["a FreeBSD program under Linux", elf({ osabi: 9 }), gnu, "os: expected linux, found freebsd"],
    [
      "a UEFI program under Windows",
      writePe({ subsystem: 10 }),
      asked("windows", "x64"),
      "os: expected windows, found an unknown one (pe)",
    ],
    [
      "one slice under universal",
      writeMacho(),
      asked("darwin", "universal"),
      "arch: expected x64 and arm64, found arm64",
    ],
    [
      "ARM64EC under arm64",
      writePe({ hybrid: true }),
      asked("windows", "arm64"),
      "arch: expected arm64, found arm64ec",
    ],
    [
      "soft float on ARM 7",
      arm(0x5000200),
      asked("linux", "arm", "glibc", 7),
      "float ABI: expected hard, found soft",
    ],
    [
      "hard float on Android",
      elf({
        machine: 40,
        bits: 32,
        type: 3,
        flags: 0x5000400,
        notes: [{ name: "Android", type: 1, content: new Uint8Array(4) }],
      }),
      asked("android", "arm", "bionic", 7),
      "float ABI: expected soft, found hard",
    ],
    [
      "a machine that is not the loader's",
      elf({ interpreter: "/lib/ld-linux-aarch64.so.1", needed: ["libc.so.6"] }),
      gnu,
      "arch: expected x64, found a loader for arm64",
    ],
    [
      "a machine that is not that of the C library",
      elf({ type: 3, needed: ["libc.musl-aarch64.so.1"] }),
      musl,
      "arch: expected x64, found a loader for arm64",
    ],
    ["an unknown machine", elf({ machine: 43 }), gnu, "arch: expected x64, found an unknown one"],
  ])("%s", async (_name, bytes, target, phrase) => {
    expect(fitsTarget(await factsOf(bytes), target)).toEqual([phrase]);
  });

  test("code for a newer ARM than asked", async () => {
    const facts: Facts = { ...(await factsOf(arm(0x5000400))), armVersion: 7 };
    expect(fitsTarget(facts, asked("linux", "arm", "glibc", 6))).toEqual([
      "ARM version: expected at most 6, found 7",
    ]);
    expect(fitsTarget(facts, asked("linux", "arm", "glibc", 7))).toEqual([]);
  });
});
