import { describe, expect, test } from "@jest/globals";
import { type CheckOptions, checkArchive, checkNative } from "@multiarch/check";
import type { ArchiveContents } from "@multiarch/contents";
import type { Check, Facts } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";
import { archiveContents, type MemberCases, nativeContents, nothingAsked } from "./contents.ts";
import { factsWith, glibcFacts, macFacts, muslFacts, windowsFacts } from "./facts.ts";

function told(checks: readonly Check[]): string[] {
  return checks.map(
    ({ rule, level, file, expected, found }) => `${rule} ${level} ${file}: ${expected} | ${found}`,
  );
}

function native(name: string, facts: Facts, options: Partial<CheckOptions> = {}, mode = "0755") {
  return told(checkNative(nativeContents(name, facts, { mode }), { ...nothingAsked, ...options }));
}

describe("a bare file", () => {
  test.each<[name: string, Facts, Partial<CheckOptions>, expected: string]>([
    [
      "tool",
      factsWith(),
      { target: parseTarget("linux-arm64") },
      "file/target error tool: arch arm64 | x64",
    ],
    [
      "tool",
      muslFacts(),
      { target: parseTarget("linux-x64-gnu") },
      "file/target error tool: libc glibc | musl",
    ],
    [
      "tool",
      glibcFacts("2.28"),
      { glibc: "2.17" },
      "file/glibc error tool: at most glibc 2.17 | glibc 2.28 is needed",
    ],
    [
      "tool",
      glibcFacts("2.39"),
      {},
      "file/glibc-new warning tool: at most glibc 2.34 | glibc 2.39 is needed",
    ],
    [
      "tool",
      factsWith({ stripped: false }),
      {},
      "file/unstripped note tool: a stripped program | its symbol table",
    ],
    [
      "tool",
      macFacts([{ arch: "arm64", signed: false }]),
      {},
      "file/signature error tool: a signed arm64 file | no signature",
    ],
    [
      "tool.exe",
      windowsFacts({ needed: ["msvcp140.dll"] }),
      {},
      "file/vc-runtime warning tool.exe: no runtime of Visual C++, or one beside the file | msvcp140.dll, needed by this file",
    ],
    [
      "tool.exe",
      windowsFacts({ needed: ["libwinpthread-1.dll"] }),
      {},
      "file/dll warning tool.exe: a DLL of Windows, or one beside the file | libwinpthread-1.dll, needed by this file",
    ],
    [
      "tool",
      factsWith({ cpuLevel: "x86-64-v2" }),
      {},
      "file/cpu-level warning tool: a file for every x64 processor | one for x86-64-v2 and later",
    ],
    [
      "tool",
      glibcFacts("2.4", { arch: "arm", float: "soft" }),
      {},
      "file/float warning tool: the hard-float ABI | soft-float",
    ],
    [
      "tool-linux-arm64",
      factsWith(),
      {},
      "file/name error tool-linux-arm64: a file for linux arm64, as the name says | linux x64",
    ],
    [
      "tool_1.2.0_Darwin_x86_64",
      factsWith(),
      {},
      "file/name error tool_1.2.0_Darwin_x86_64: a file for darwin x64, as the name says | linux x64",
    ],
    [
      "tool-x86_64-unknown-linux-musl",
      glibcFacts("2.17"),
      {},
      "file/name error tool-x86_64-unknown-linux-musl: a file for linux x64 musl, as the name says | linux x64 glibc",
    ],
  ])("%s: %#", (name, facts, options, expected) => {
    expect(native(name, facts, options)).toEqual([expected]);
  });

  test("that lost its mode", () => {
    expect(native("tool", factsWith(), {}, "0644")).toEqual([
      "file/mode warning tool: mode 0755 | mode 0644",
    ]);
  });

  test.each<[name: string, Facts, Partial<CheckOptions>]>([
    ["tool-linux-musl-amd64", factsWith(), { target: parseTarget("linux-x64"), glibc: "2.17" }],
    ["tool-x86_64-unknown-linux-gnu", factsWith(), {}],
    ["tool-aarch64-linux-android", factsWith({ arch: "arm64" }), {}],
    ["tool-darwin-arm64", macFacts([{ arch: "x64" }, { arch: "arm64" }]), {}],
    ["tool-windows-x64.exe", windowsFacts({ needed: ["kernel32.dll", "ext-ms-win-a.dll"] }), {}],
    ["linux-on-windows", factsWith(), {}],
    ["arm-tool", factsWith(), {}],
    ["constructor-linux", factsWith(), {}],
    ["tool", glibcFacts("2.36", { arch: "loong64" }), { glibc: "2.17" }],
    ["tool", glibcFacts("2.36", { arch: "loong64" }), {}],
    ["tool", glibcFacts("2.39"), { glibc: "2.39" }],
  ])("nothing to say of %s", (name, facts, options) => {
    expect(native(name, facts, options)).toEqual([]);
  });

  test.each([
    ["an addon is loaded, not started", { kind: "addon", facts: factsWith({ type: "library" }) }],
    ["Windows knows no modes", { facts: windowsFacts() }],
  ] as const)("mode: %s", (_name, about) => {
    const contents = nativeContents("tool", about.facts, { ...about, mode: "0644" });
    expect(checkNative(contents, nothingAsked)).toEqual([]);
  });
});

describe("an archive", () => {
  const damage = { id: "MA602", text: "tool ends within its header" };

  test.each<[name: string, MemberCases, Partial<ArchiveContents>, expected: string]>([
    [
      "tool-linux-arm64.tar.gz",
      { "tool/tool": { facts: factsWith() } },
      {},
      "archive/name error tool-linux-arm64.tar.gz: a file for linux arm64, as the name says | linux x64",
    ],
    [
      "tool.tar.gz",
      { "tool/tool": { facts: factsWith(), mode: "0644" } },
      {},
      "archive/mode error tool/tool: mode 0755 | mode 0644",
    ],
    [
      "tool.zip",
      { "tool/tool": { damage } },
      {},
      "archive/damaged error tool/tool: a whole native file | tool ends within its header (MA602)",
    ],
    [
      "tool.zip",
      {},
      {
        refusals: [
          {
            id: "MA401",
            reason: "not-a-zip",
            member: null,
            text: "no zip",
            expected: "",
            found: "no zip",
          },
        ],
      },
      "archive/refused error tool.zip: a readable zip | no zip",
    ],
    [
      "tool.zip",
      { "tool.exe": { facts: windowsFacts({ needed: ["foo.dll"] }) } },
      {},
      "archive/dll warning tool.exe: a DLL of Windows, or one beside the file | foo.dll, needed by this file",
    ],
    [
      "tool.zip",
      { "tool.exe": { facts: windowsFacts({ needed: ["vcruntime140.dll"] }) } },
      {},
      "archive/vc-runtime warning tool.exe: no runtime of Visual C++, or one beside the file | vcruntime140.dll, needed by this file",
    ],
    [
      "tool.zip",
      { tool: { facts: glibcFacts("2.35") } },
      {},
      "archive/glibc-new warning tool: at most glibc 2.34 | glibc 2.35 is needed",
    ],
    [
      "tool.zip",
      { tool: { facts: factsWith({ stripped: false }) } },
      {},
      "archive/unstripped note tool: a stripped program | its symbol table",
    ],
    [
      "tool.zip",
      { tool: { facts: macFacts([{ arch: "arm64", signed: false }]) } },
      {},
      "archive/signature error tool: a signed arm64 file | no signature",
    ],
    [
      "tool.zip",
      { tool: { facts: factsWith({ cpuLevel: "x86-64-v4" }) } },
      {},
      "archive/cpu-level warning tool: a file for every x64 processor | one for x86-64-v4 and later",
    ],
    [
      "tool.zip",
      { "a.so": { facts: muslFacts({ arch: "arm", float: "soft", interp: null }) } },
      {},
      "archive/float warning a.so: the hard-float ABI | soft-float",
    ],
  ])("%s: %#", (name, members, about, expected) => {
    expect(told(checkArchive(archiveContents(name, members, about), nothingAsked))).toEqual([
      expected,
    ]);
  });

  test("of another target, with a newer glibc than asked", () => {
    const contents = archiveContents("tool.zip", { tool: { facts: glibcFacts("2.39") } });
    const options = { ...nothingAsked, target: parseTarget("darwin-x64"), glibc: "2.17" };
    expect(told(checkArchive(contents, options))).toEqual([
      "archive/target error tool: os darwin | linux",
      "archive/glibc error tool: at most glibc 2.17 | glibc 2.39 is needed",
    ]);
  });

  test.each<[name: string, MemberCases]>([
    [
      "tool-linux-x64.tar.gz",
      {
        "tool/tool": { facts: factsWith() },
        "tool/testdata/other": { facts: windowsFacts(), mode: "0644" },
        "tool/README.md": { mode: "0644" },
      },
    ],
    ["tool-made-on-dos.zip", { tool: { facts: factsWith(), mode: null } }],
    ["documents-linux-arm64.zip", { "README.md": { mode: "0644" } }],
  ])("nothing to say of %s", (name, members) => {
    expect(checkArchive(archiveContents(name, members), nothingAsked)).toEqual([]);
  });
});
