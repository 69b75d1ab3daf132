import { describe, expect, test } from "@jest/globals";
import { type CheckOptions, checkNpm } from "@multiarch/check";
import type { NpmContents } from "@multiarch/contents";
import { parseTarget } from "@multiarch/targets";
import { addonFacts, type MemberCases, nothingAsked, npmContents } from "../contents.ts";
import { factsWith, glibcFacts, macFacts, windowsFacts } from "../facts.ts";

type Fields = Readonly<Record<string, unknown>>;

const linuxX64 = { os: ["linux"], cpu: ["x64"] };
const win32X64 = { os: ["win32"], cpu: ["x64"] };
const damage = { id: "MA602", text: "tool ends within its header" };

interface Case {
  readonly fields?: Fields;
  readonly members?: MemberCases;
  readonly about?: Partial<NpmContents>;
  readonly options?: Partial<CheckOptions>;
}

function found({ fields = {}, members = {}, about = {}, options = {} }: Case): string[] {
  const contents = npmContents(fields, members, about);
  return checkNpm(contents, { ...nothingAsked, ...options }).map(
    ({ rule, level, file, expected, found: seen }) =>
      `${rule} ${level} ${file}: ${expected} | ${seen}`,
  );
}

const text = (value: string) => new TextEncoder().encode(value);

describe("a package that is not what installers need", () => {
  test.each<[name: string, Case, ...expected: string[]]>([
    [
      "published without its binary",
      {
        fields: { ...linuxX64, name: "tool-linux-x64", main: "./tool.node" },
        members: { "index.js": {} },
      },
      "npm/missing error tool-1.0.0.tgz: tool.node | no such file in the tarball",
    ],
    [
      "an addon that only exports names",
      { fields: { exports: { ".": { require: "./a.node" }, "./package.json": "./package.json" } } },
      "npm/missing error tool-1.0.0.tgz: a.node | no such file in the tarball",
    ],
    [
      "a command without its program",
      { fields: { ...linuxX64, bin: "bin/tool" }, members: { "index.js": {} } },
      "npm/missing error tool-1.0.0.tgz: bin/tool, which the command tool starts | no such file in the tarball",
    ],
    [
      "a command without its script",
      { fields: { name: "@a/tool", bin: "cli.js" } },
      "npm/missing-bin warning tool-1.0.0.tgz: cli.js, which the command tool starts | no such file in the tarball",
    ],
    [
      "nothing at all",
      {
        fields: { ...linuxX64, name: "tool-linux-x64" },
        members: { "README.md": {}, LICENSE: {} },
      },
      "npm/empty warning tool-1.0.0.tgz: a program or an addon | LICENSE, README.md, package.json",
    ],
    [
      "WebAssembly instead",
      {
        fields: { os: ["android"], cpu: ["arm"] },
        members: {
          "tool.wasm": { facts: factsWith({ format: "wasm", os: null, arch: "wasm32" }) },
        },
      },
      "npm/wasm-instead note tool.wasm: a native file for android arm | WebAssembly",
    ],
    [
      "an addon that breaks off",
      { members: { "a.node": { damage } } },
      "npm/damaged error a.node: a whole native file | tool ends within its header (MA602)",
    ],
    [
      "data that looks like a program",
      { members: { "test/tool": { damage }, "data.bin": { damage, mode: "0644" } } },
      "npm/unreadable warning test/tool: a whole native file | tool ends within its header (MA602)",
      "npm/unreadable warning data.bin: a whole native file | tool ends within its header (MA602)",
    ],
    [
      "a lost mode",
      { fields: linuxX64, members: { "bin/tool": { facts: factsWith(), mode: "0644" } } },
      "npm/mode error bin/tool: mode 0755 | mode 0644",
    ],
    [
      "a lost mode that installers repair",
      {
        fields: { ...linuxX64, bin: { tool: "./bin//tool" } },
        members: { "bin/tool": { facts: factsWith(), mode: "0644" } },
      },
      "npm/mode-repaired warning bin/tool: mode 0755 | mode 0644",
    ],
    [
      "a lost mode that the package itself may repair",
      {
        fields: linuxX64,
        members: { "bin/tool": { facts: factsWith(), mode: "0644" }, "index.js": {} },
      },
      "npm/mode-repaired warning bin/tool: mode 0755 | mode 0644",
    ],
    [
      "a program that Yarn leaves in a zip",
      {
        fields: { ...linuxX64, preferUnplugged: false },
        members: { tool: { facts: factsWith() } },
      },
      'npm/unplugged note tool-1.0.0.tgz: "preferUnplugged": true | not there',
    ],
    [
      "no name that npm takes",
      { fields: { name: "Tool" } },
      "npm/identity warning tool-1.0.0.tgz: a name that npm publishes | Tool",
    ],
    [
      "no version",
      { fields: { version: "1.0" } },
      "npm/identity warning tool-1.0.0.tgz: a version such as 1.2.3 | 1.0",
      "npm/file-name warning tool-1.0.0.tgz: a name that ends with -1.0.tgz | tool-1.0.0.tgz",
    ],
    [
      "a version that npm refuses, for npm",
      { fields: { version: "01.0.0" }, about: { name: "a.tgz" }, options: { purpose: "npm" } },
      "npm/identity error a.tgz: a version such as 1.2.3 | 01.0.0",
    ],
    [
      "private",
      { fields: { private: true } },
      'npm/private note tool-1.0.0.tgz: no "private" | "private": true',
    ],
    [
      "private, for npm",
      { fields: { private: true }, options: { purpose: "npm" } },
      'npm/private error tool-1.0.0.tgz: no "private" | "private": true',
    ],
    [
      "too much for the registry",
      { about: { size: 206_500_000 }, options: { purpose: "npm" } },
      "npm/size error tool-1.0.0.tgz: at most 200000000 bytes | 206500000 bytes",
    ],
    [
      "a script that most managers skip",
      { fields: { scripts: { postinstall: "node install.js", test: "jest" } } },
      "npm/scripts warning tool-1.0.0.tgz: no install script | postinstall",
    ],
    [
      "the script that npm adds by itself",
      { members: { "binding.gyp": {} } },
      "npm/scripts warning tool-1.0.0.tgz: no install script | node-gyp rebuild (a binding.gyp is there)",
    ],
    [
      "engines",
      {
        fields: { ...linuxX64, engines: { node: ">=18" } },
        members: { tool: { facts: factsWith() } },
      },
      "npm/engines note tool-1.0.0.tgz: no engines in a platform package | node >=18",
    ],
    [
      "no repository",
      { fields: { repository: undefined } },
      "npm/repository warning tool-1.0.0.tgz: a repository | none",
    ],
    [
      "no licence",
      { fields: { license: undefined } },
      "npm/license warning tool-1.0.0.tgz: a license | none",
    ],
    [
      "a range of platform packages",
      { fields: { optionalDependencies: { "@tool/linux-x64": "^1.0.0" } } },
      "npm/pins warning tool-1.0.0.tgz: an exact version of @tool/linux-x64 | ^1.0.0",
    ],
    [
      "the name of another version",
      { about: { name: "tool-1.0.1.tgz" } },
      "npm/file-name warning tool-1.0.1.tgz: a name that ends with -1.0.0.tgz | tool-1.0.1.tgz",
    ],
    [
      "another folder",
      { about: { root: "tool" } },
      "npm/root note tool-1.0.0.tgz: the folder package | tool",
    ],
    [
      "no manifest",
      { about: { texts: new Map() } },
      "npm/manifest error tool-1.0.0.tgz: a package.json | no package.json in the first folder",
    ],
    [
      "a manifest that is no JSON",
      { about: { texts: new Map([["package.json", text("{")]]) } },
      "npm/manifest error tool-1.0.0.tgz: a package.json | a package.json that is no JSON",
    ],
    [
      "a manifest that is no text",
      { about: { texts: new Map([["package.json", new Uint8Array([0xff, 0x22])]]) } },
      "npm/manifest error tool-1.0.0.tgz: a package.json | a package.json that is no JSON",
    ],
    [
      "a manifest that is a list",
      { about: { texts: new Map([["package.json", text("[]")]]) } },
      "npm/manifest error tool-1.0.0.tgz: a package.json | a package.json that holds no object",
    ],
    [
      "an archive that breaks off",
      {
        about: {
          refusals: [
            {
              id: "MA401",
              reason: "truncated",
              member: "package/tool",
              text: "the archive ends early",
              expected: "90 bytes more",
              found: "its end",
            },
          ],
        },
      },
      "npm/refused error package/tool: 90 bytes more | the archive ends early: its end",
    ],
  ])("%s", (_name, given, ...expected) => {
    expect(found(given)).toEqual(expected);
  });
});

describe("what the bytes ask for", () => {
  test.each<[name: string, Case, ...expected: string[]]>([
    [
      "another target than asked",
      {
        members: { tool: { facts: factsWith() } },
        options: { target: parseTarget("linux-arm64") },
      },
      "npm/target error tool: arch arm64 | x64",
    ],
    [
      "native code where none was asked for",
      { members: { tool: { facts: factsWith() } }, options: { target: parseTarget("any") } },
      "npm/target error tool: nothing that is bound to a platform | a linux x64 file",
    ],
    [
      "a newer glibc than asked",
      { members: { tool: { facts: glibcFacts("2.39") } }, options: { glibc: "2.17" } },
      "npm/glibc error tool: at most glibc 2.17 | glibc 2.39 is needed",
    ],
    [
      "the glibc of the newest runner, and all its symbols",
      { members: { tool: { facts: glibcFacts("2.39", { stripped: false }) } } },
      "npm/glibc-new warning tool: at most glibc 2.34 | glibc 2.39 is needed",
      "npm/unstripped note tool: a stripped program | its symbol table",
    ],
    [
      "no signature",
      { members: { tool: { facts: macFacts([{ arch: "arm64", signed: false }]) } } },
      "npm/signature error tool: a signed arm64 file | no signature",
    ],
    [
      "Microsoft's runtime",
      {
        fields: win32X64,
        members: {
          "tool.exe": { facts: windowsFacts({ needed: ["kernel32.dll", "vcruntime140.dll"] }) },
          "a.node": {
            facts: windowsFacts({ type: "library", needed: ["vcruntime140.dll", "node.exe"] }),
          },
        },
      },
      "npm/vc-runtime warning tool.exe: no runtime of Visual C++, or one beside the file | vcruntime140.dll, needed by this file and by 1 more",
    ],
    [
      "somebody's DLL",
      {
        fields: win32X64,
        members: {
          "a.node": { facts: windowsFacts({ type: "library", needed: ["libnode.dll"] }) },
        },
      },
      "npm/dll warning a.node: a DLL of Windows, or one beside the file | libnode.dll, needed by this file",
    ],
    [
      "instructions of newer processors",
      { members: { tool: { facts: factsWith({ cpuLevel: "x86-64-v3" }) } } },
      "npm/cpu-level warning tool: a file for every x64 processor | one for x86-64-v3 and later",
    ],
    [
      "soft float",
      {
        fields: { os: ["linux"], cpu: ["arm"], libc: ["glibc"] },
        members: { "a.node": { facts: glibcFacts("2.4", { arch: "arm", float: "soft" }) } },
      },
      "npm/float warning a.node: the hard-float ABI | soft-float",
    ],
  ])("%s", (_name, given, ...expected) => {
    expect(found(given)).toEqual(expected);
  });
});

test.each<[name: string, Case]>([
  [
    "a platform package as it should be",
    {
      fields: { ...linuxX64, name: "@tool/linux-x64" },
      members: { "bin/tool": { facts: factsWith() }, "README.md": { mode: "0644" } },
      options: { purpose: "npm", target: parseTarget("linux-x64"), glibc: "2.17" },
    },
  ],
  [
    "a main package with exact pins, aliases among them",
    {
      fields: {
        bin: { tool: "cli.js" },
        optionalDependencies: {
          "@tool/linux-x64": "1.0.0",
          "tool-darwin-arm64": "npm:tool@1.0.0-darwin-arm64",
          "tool-win32-x64": "npm:@a/tool@1.0.0-rc.1",
          "mac-ca": "^3.0.0",
        },
      },
      members: { "cli.js": {} },
    },
  ],
  [
    "modes mean nothing for addons",
    { members: { "a.node": { facts: addonFacts(), mode: "0644" } } },
  ],
  [
    "nor on Windows",
    { fields: win32X64, members: { "tool.exe": { facts: windowsFacts(), mode: "0644" } } },
  ],
  [
    "a DLL beside the program, whatever the case of its name",
    {
      fields: win32X64,
      members: {
        "tool.exe": { facts: windowsFacts({ needed: ["libvips-42.dll"] }) },
        "lib/libVips-42.DLL": { facts: windowsFacts({ type: "library" }) },
      },
    },
  ],
  [
    "a program of Windows that bin names without its extension",
    {
      fields: { ...win32X64, bin: "bin/tool" },
      members: { "bin/tool.exe": { facts: windowsFacts() } },
    },
  ],
  [
    "platform packages that only bring along another package",
    {
      fields: {
        os: ["freebsd"],
        name: "tool-freebsd-wasm32",
        dependencies: { "tool-wasm32": "1.0.0" },
      },
    },
  ],
  [
    "another platform's file, named so, beside the one that was asked for",
    {
      members: {
        "linux-x64/tool": { facts: factsWith() },
        "linux-arm64/tool": { facts: factsWith({ arch: "arm64" }) },
      },
      options: { target: parseTarget("linux-x64") },
    },
  ],
])("nothing to say: %s", (_name, given) => {
  expect(found(given)).toEqual([]);
});
