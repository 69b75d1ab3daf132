import { describe, expect, test } from "@jest/globals";
import { checkNpm } from "@multiarch/check";
import type { Facts } from "@multiarch/contracts";
import { addonFacts, type MemberCases, nothingAsked, npmContents } from "../contents.ts";
import { factsWith, glibcFacts, macFacts, muslFacts, windowsFacts } from "../facts.ts";

type Fields = Readonly<Record<string, unknown>>;

const addon = (facts: Facts): Facts => ({ ...facts, type: "library" });
const linuxX64 = { os: ["linux"], cpu: ["x64"] };

/** What is found, as `rule level member: expected | found`. */
function found(fields: Fields, members: MemberCases): string[] {
  return checkNpm(npmContents(fields, members), nothingAsked).map(
    ({ rule, level, file, expected, found: seen }) =>
      `${rule} ${level} ${file}: ${expected} | ${seen}`,
  );
}

describe("what the fields os, cpu and libc say of the files", () => {
  test.each<[name: string, Fields, MemberCases, string]>([
    [
      "a Linux program in a package for macOS",
      { os: ["darwin"], cpu: ["arm64"] },
      { "bin/tool": { facts: factsWith() } },
      "npm/os error bin/tool: a file for os darwin | one for linux x64",
    ],
    [
      "a system word that Node never says",
      { os: ["windows"], cpu: ["x64"] },
      { "tool.exe": { facts: windowsFacts() } },
      "npm/os error tool.exe: a file for os windows | one for windows x64",
    ],
    [
      "an excluded system",
      { os: ["!win32"] },
      { "tool.exe": { facts: windowsFacts() } },
      "npm/os error tool.exe: a file for os !win32 | one for windows x64",
    ],
    [
      "glibc on Android",
      { os: ["android"], cpu: ["x64"] },
      { "a.node": { facts: addon(glibcFacts("2.17")) } },
      "npm/os error a.node: a file for os android | one for linux x64 glibc",
    ],
    [
      "an x64 addon in a package for arm64",
      { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] },
      { "a.node": { facts: addon(glibcFacts("2.17")) } },
      "npm/cpu error a.node: a file for cpu arm64 | one for linux x64 glibc",
    ],
    [
      "a slice is missing",
      { os: ["darwin"], cpu: ["x64"] },
      { tool: { facts: macFacts([{ arch: "arm64" }]) } },
      "npm/cpu error tool: a file for cpu x64 | one for darwin arm64",
    ],
    [
      "a processor that nobody knows",
      { os: ["linux"], cpu: ["x64"] },
      { "a.node": { facts: addonFacts({ arch: null }) } },
      "npm/cpu error a.node: a file for cpu x64 | one for an unknown processor",
    ],
    [
      "a loader for another processor",
      { os: ["linux"], cpu: ["arm64"], libc: "glibc" },
      {
        tool: {
          facts: {
            ...glibcFacts("2.17", { arch: "arm64" }),
            interp: "/lib64/ld-linux-x86-64.so.2",
          },
        },
      },
      "npm/cpu error tool: a loader for arm64 | a loader for x64",
    ],
    [
      "a snapshot of Dart for another processor",
      { os: ["win32"], cpu: ["arm64"] },
      {
        "dart.exe": { facts: windowsFacts({ arch: "arm64" }) },
        "tool.snapshot": { facts: addonFacts() },
      },
      "npm/cpu error tool.snapshot: a file for cpu arm64 | one for linux x64",
    ],
    [
      "glibc in a package for musl",
      { ...linuxX64, libc: ["musl"] },
      { "a.node": { facts: addon(glibcFacts("2.17")) } },
      "npm/libc error a.node: a file for libc musl | one for linux x64 glibc",
    ],
    [
      "musl in a package for glibc",
      { ...linuxX64, libc: "glibc" },
      { tool: { facts: muslFacts() } },
      "npm/libc error tool: a file for libc glibc | one for linux x64 musl",
    ],
    [
      "a second library, whose name tells nothing, beside the right one",
      { os: ["win32"], cpu: ["ia32"] },
      {
        "tool.dll": { facts: windowsFacts({ arch: "ia32", type: "library" }) },
        "msvcr120.dll": { facts: windowsFacts({ type: "library" }) },
      },
      "npm/cpu error msvcr120.dll: a file for cpu ia32 | one for windows x64",
    ],
    [
      "libraries of every platform, chosen by name, in each package",
      { os: ["win32"], cpu: ["x64"] },
      {
        "lib.dll": { facts: windowsFacts({ type: "library" }) },
        "lib.dylib": { facts: addon(macFacts([{ arch: "x64" }])) },
      },
      "npm/os error lib.dylib: a file for os win32 | one for darwin x64",
    ],
    [
      "a test case of another system",
      linuxX64,
      {
        tool: { facts: factsWith() },
        "test/fixtures/hello": { facts: windowsFacts() },
      },
      "npm/os error test/fixtures/hello: a file for os linux | one for windows x64",
    ],
    [
      "a system without a file",
      { os: ["linux", "freebsd"], cpu: ["x64"] },
      { tool: { facts: factsWith() } },
      "npm/os-wider note tool-1.0.0.tgz: a file for os freebsd | none",
    ],
    [
      "x64 for arm64, where Windows emulates it",
      { os: ["win32"], cpu: ["x64", "arm64"] },
      { "tool.exe": { facts: windowsFacts() } },
      "npm/cpu-wider note tool-1.0.0.tgz: a file for cpu arm64 | none",
    ],
    [
      "a second word for ia32",
      { os: ["linux"], cpu: ["x86", "ia32"] },
      { tool: { facts: factsWith({ arch: "ia32" }) } },
      "npm/cpu-wider note tool-1.0.0.tgz: a file for cpu x86 | none",
    ],
    [
      "x64 for arm64, where nothing emulates it",
      { os: ["linux"], cpu: ["x64", "arm64"] },
      { tool: { facts: factsWith() } },
      "npm/cpu-unserved warning tool-1.0.0.tgz: a file for cpu arm64 | none",
    ],
    [
      "an x64 addon for arm64: Node itself would have to be emulated",
      { os: ["win32"], cpu: ["x64", "arm64"] },
      { "a.node": { facts: windowsFacts({ type: "library" }) } },
      "npm/cpu-unserved warning tool-1.0.0.tgz: a file for cpu arm64 | none",
    ],
    [
      "one processor, and no field for it",
      { os: ["darwin"] },
      { tool: { facts: macFacts([{ arch: "arm64" }]) } },
      "npm/cpu-undeclared warning tool-1.0.0.tgz: cpu arm64 | no field cpu",
    ],
    [
      "an addon of glibc without the field libc",
      { os: ["linux"], cpu: ["arm"] },
      { "a.node": { facts: addon(glibcFacts("2.17", { arch: "arm", float: "hard" })) } },
      'npm/libc-undeclared warning a.node: "libc": ["glibc"] | a file that needs glibc, and no field libc',
    ],
    [
      "two C libraries promised, one there",
      { ...linuxX64, libc: ["glibc", "musl"] },
      { tool: { facts: glibcFacts("2.17") } },
      "npm/libc-wider warning tool-1.0.0.tgz: a file for libc musl | only files for glibc",
    ],
    [
      "libc on macOS",
      { os: ["darwin"], cpu: ["arm64"], libc: ["glibc"] },
      { tool: { facts: macFacts([{ arch: "arm64" }]) } },
      "npm/libc-system warning tool-1.0.0.tgz: libc on packages for Linux alone | libc with os darwin",
    ],
    [
      "a static program with the field libc",
      { ...linuxX64, libc: ["musl"] },
      { tool: { facts: factsWith() } },
      "npm/libc-not-needed note tool-1.0.0.tgz: no field libc | libc musl",
    ],
    [
      "a name of another system",
      { ...linuxX64, name: "@tool/darwin-x64" },
      { tool: { facts: factsWith() } },
      "npm/name warning tool-1.0.0.tgz: os darwin, as the name says | linux",
    ],
    [
      "a name of another processor",
      { ...linuxX64, name: "tool-linux-arm64" },
      { tool: { facts: factsWith() } },
      "npm/name warning tool-1.0.0.tgz: cpu arm64, as the name says | x64",
    ],
    [
      "a name of another libc",
      { ...linuxX64, libc: ["glibc"], name: "tool-linux-x64-musl" },
      { tool: { facts: glibcFacts("2.17") } },
      "npm/name warning tool-1.0.0.tgz: libc musl, as the name says | glibc",
    ],
    [
      "a name alone, and other bytes",
      { name: "tool-linux-arm64" },
      { tool: { facts: factsWith() } },
      "npm/name warning tool-1.0.0.tgz: a file for linux arm64, as the name says | linux x64",
    ],
  ])("%s", (_name, fields, members, expected) => {
    expect(found(fields, members)).toEqual([expected]);
  });
});

describe("labels that are true", () => {
  test.each<[name: string, Fields, MemberCases]>([
    ["a static program", linuxX64, { tool: { facts: factsWith() } }],
    ["a word instead of a list", { os: "linux", cpu: "x64" }, { tool: { facts: factsWith() } }],
    [
      "a static program on every system with Linux's kernel",
      { os: ["linux", "android"], cpu: ["x64"] },
      { tool: { facts: factsWith() } },
    ],
    [
      "both slices, no processor named",
      { os: ["darwin"] },
      { tool: { facts: macFacts([{ arch: "x64" }, { arch: "arm64" }]) } },
    ],
    [
      "a slice more than was promised",
      { os: ["darwin"], cpu: ["arm64"] },
      { tool: { facts: macFacts([{ arch: "x64" }, { arch: "arm64" }]) } },
    ],
    [
      "little-endian ppc64, which Node calls ppc64",
      { os: ["linux"], cpu: ["ppc64"], libc: ["glibc"] },
      { "a.node": { facts: addon(glibcFacts("2.17", { arch: "ppc64le" })) } },
    ],
    [
      "ARM of any version",
      { os: ["linux"], cpu: ["arm"] },
      { tool: { facts: factsWith({ arch: "arm", armVersion: 6, float: "hard" }) } },
    ],
    [
      "ARM64EC for x64 and arm64",
      { os: ["win32"], cpu: ["arm64", "x64"] },
      { "a.node": { facts: windowsFacts({ arch: "arm64ec", type: "library" }) } },
    ],
    [
      "snapshots of Dart are ELF files everywhere",
      { os: ["win32"], cpu: ["x64"] },
      { "dart.exe": { facts: windowsFacts() }, "tool.snapshot": { facts: addonFacts() } },
    ],
    [
      "prebuilt addons of every platform in a package that claims none",
      {},
      {
        "prebuilds/linux-x64/a.node": { facts: addon(glibcFacts("2.17")) },
        "prebuilds/darwin-arm64/a.node": { facts: addon(macFacts([{ arch: "arm64" }])) },
        "prebuilds/win32-x64/a.node": { facts: windowsFacts({ type: "library" }) },
      },
    ],
    [
      "all but Windows",
      { os: ["!win32"] },
      {
        "linux/tool": { facts: factsWith() },
        "darwin/tool": { facts: macFacts([{ arch: "arm64" }]) },
      },
    ],
    ["any system", { os: ["any"], cpu: ["any"] }, { tool: { facts: factsWith() } }],
    [
      "firmware of a processor that no system has",
      linuxX64,
      {
        tool: { facts: factsWith() },
        "fw/boot.elf": { facts: factsWith({ arch: "arm64" }), mode: "0644" },
        "fw/board.bin": { facts: factsWith({ arch: null, os: null }), mode: "0644" },
      },
    ],
    [
      "objects and debug information",
      { os: ["darwin"], cpu: ["arm64"] },
      {
        tool: { facts: macFacts([{ arch: "arm64" }]) },
        "a.o": { facts: factsWith({ type: "object" }) },
        "tool.dSYM/Contents/Resources/DWARF/tool": { facts: macFacts([{ arch: "x64" }]) },
      },
    ],
    [
      "WebAssembly for every machine that says so",
      { cpu: ["wasm32"] },
      { "a.wasm": { facts: factsWith({ format: "wasm", os: "wasi", arch: "wasm32" }) } },
    ],
    [
      "both C libraries, told apart by name",
      { ...linuxX64, libc: ["glibc", "musl"] },
      {
        "a.glibc.node": { facts: addon(glibcFacts("2.17")) },
        "a.musl.node": { facts: addon(muslFacts()) },
      },
    ],
    [
      "another abi than Linux's in a name",
      { os: ["win32"], cpu: ["x64"], name: "@tool/win32-x64-gnu" },
      { "a.node": { facts: windowsFacts({ type: "library" }) } },
    ],
    [
      "names in all spellings",
      { ...linuxX64, name: "linuxmusl-x86_64" },
      { tool: { facts: factsWith() } },
    ],
    [
      "a scope is no label",
      { ...linuxX64, name: "@windows/tool" },
      { tool: { facts: factsWith() } },
    ],
  ])("%s", (_name, fields, members) => {
    expect(found(fields, members)).toEqual([]);
  });

  test("libc elsewhere is an error for whoever publishes to npm", () => {
    const contents = npmContents(
      { os: ["darwin"], cpu: ["arm64"], libc: ["glibc"] },
      { tool: { facts: macFacts([{ arch: "arm64" }]) } },
    );
    const checks = checkNpm(contents, { ...nothingAsked, purpose: "npm" });
    expect(checks.map(({ rule, level }) => `${rule} ${level}`)).toEqual(["npm/libc-system error"]);
  });
});
