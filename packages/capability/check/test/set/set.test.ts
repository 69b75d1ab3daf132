import { describe, expect, test } from "@jest/globals";
import { checkSet, type SetOptions } from "@multiarch/check";
import type { Contents, NpmContents } from "@multiarch/contents";
import {
  archiveContents,
  hashOf,
  type MemberCases,
  nativeContents,
  nothingAsked,
  npmContents,
} from "../contents.ts";
import { factsWith, glibcFacts, macFacts, windowsFacts } from "../facts.ts";
import { wheelContents } from "./wheel-contents.ts";

const linux: MemberCases = { "bin/tool": { facts: factsWith(), bytes: "linux" } };
const mac: MemberCases = { "bin/tool": { facts: macFacts([{ arch: "arm64" }]), bytes: "mac" } };

const linuxX64 = { os: ["linux"], cpu: ["x64"] };

function platform(name: string, fields: object, members: MemberCases, file = `${name}-1.0.0.tgz`) {
  return npmContents({ name, ...fields }, members, { name: file });
}

function main(pins: Readonly<Record<string, string>>, fields: object = {}): NpmContents {
  return npmContents(
    { bin: { tool: "cli.js" }, optionalDependencies: pins, ...fields },
    { "cli.js": {} },
  );
}

const toolLinux = platform("tool-linux-x64", linuxX64, linux);
const toolMac = platform("tool-darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }, mac);
const wheelLinux = wheelContents("tool-1.0.0-py3-none-manylinux_2_17_x86_64.whl", {
  "tool-1.0.0.data/scripts/tool": { facts: factsWith(), bytes: "linux" },
});
const wheelMac = wheelContents("tool-1.0.0-py3-none-macosx_11_0_arm64.whl", {
  "tool-1.0.0.data/scripts/tool": { facts: macFacts([{ arch: "arm64" }]), bytes: "mac" },
});
const archiveLinux = archiveContents("tool-1.0.0-linux-x64.tar.gz", {
  "tool-1.0.0-linux-x64/tool": { facts: factsWith(), bytes: "linux" },
});
const archiveMac = archiveContents("tool-1.0.0-darwin-arm64.tar.gz", {
  "tool-1.0.0-darwin-arm64/tool": { facts: macFacts([{ arch: "arm64" }]), bytes: "mac" },
});
const mainTool = main({ "tool-linux-x64": "1.0.0", "tool-darwin-arm64": "1.0.0" });
const targets = ["linux-x64", "darwin-arm64"];

const release: readonly Contents[] = [
  mainTool,
  toolLinux,
  toolMac,
  wheelLinux,
  wheelMac,
  archiveLinux,
  archiveMac,
];

function found(files: readonly Contents[], options: Partial<SetOptions> = {}): string[] {
  const checks = checkSet(files, { ...nothingAsked, targets: null, ...options });
  return checks.map(
    ({ rule, level, file, expected, found: seen }) =>
      `${rule} ${level} ${file}: ${expected} | ${seen}`,
  );
}

describe("files that contradict each other", () => {
  test.each<
    [name: string, files: readonly Contents[], options: Partial<SetOptions>, ...expected: string[]]
  >([
    [
      "one name, two contents",
      [
        { ...wheelLinux, path: "one/tool.whl", name: "tool.whl", sha256: hashOf("1") },
        { ...wheelLinux, path: "two\\tool.whl", name: "tool.whl", sha256: hashOf("2") },
      ],
      {},
      `set/names error tool.whl: the bytes of one/tool.whl (sha256 ${hashOf("1")}) | others in two\\tool.whl (sha256 ${hashOf("2")})`,
    ],
    [
      "one name and version in two npm packages",
      [toolLinux, platform("tool-linux-x64", linuxX64, linux, "other.tgz")],
      {},
      `set/twice error tool-linux-x64-1.0.0.tgz: the bytes of npm/other.tgz (sha256 ${hashOf("other.tgz")}) | others in npm/tool-linux-x64-1.0.0.tgz (sha256 ${toolLinux.sha256})`,
    ],
    [
      "one program under two platforms",
      [toolLinux, platform("tool-linux-arm64", { os: ["linux"], cpu: ["arm64"] }, linux)],
      {},
      "set/bytes error tool-linux-arm64-1.0.0.tgz: a tool of its own for linux arm64 | the bytes of bin/tool in tool-linux-x64-1.0.0.tgz",
    ],
    [
      "one program in wheels of two platforms",
      [
        wheelLinux,
        wheelContents("tool-1.0.0-py3-none-win_amd64.whl", {
          "tool-1.0.0.data/scripts/tool": { facts: factsWith(), bytes: "linux" },
        }),
      ],
      {},
      "set/bytes error tool-1.0.0-py3-none-win_amd64.whl: a tool of its own for win_amd64 | the bytes of tool-1.0.0.data/scripts/tool in tool-1.0.0-py3-none-manylinux_2_17_x86_64.whl",
    ],
    [
      "two versions of a Python project",
      [wheelLinux, wheelContents("Tool-1.0.1-py3-none-any.whl", {})],
      {},
      "set/version warning tool-1.0.0-py3-none-manylinux_2_17_x86_64.whl: one version of tool | 1.0.1, 1.0.0",
    ],
    [
      "two versions in a release",
      [...release, wheelContents("tool-1.0.1-py3-none-any.whl", {})],
      { targets },
      "set/version error tool-1.0.1-py3-none-any.whl: version 1.0.0, as tool-1.0.0.tgz has | version 1.0.1",
    ],
    [
      "a program that was built again for npm",
      [
        wheelLinux,
        platform("tool-linux-x64", linuxX64, { tool: { facts: factsWith(), bytes: "again" } }),
      ],
      {},
      `set/program warning tool-1.0.0-py3-none-manylinux_2_17_x86_64.whl: tool as in tool-linux-x64-1.0.0.tgz (sha256 ${hashOf("again")}) | sha256 ${hashOf("linux")}`,
    ],
    [
      "a program that was built again for an archive of the release",
      [
        archiveContents("tool-1.0.0-linux-x64.zip", {
          tool: { facts: factsWith(), bytes: "again" },
        }),
        toolLinux,
      ],
      { targets: ["linux-x64"] },
      `set/program error tool-linux-x64-1.0.0.tgz: tool as in tool-1.0.0-linux-x64.zip (sha256 ${hashOf("again")}) | sha256 ${hashOf("linux")}`,
    ],
    [
      "a platform package that is not there",
      [mainTool, toolLinux],
      {},
      "set/optional-dependencies warning tool-1.0.0.tgz: tool-darwin-arm64@1.0.0 among the packages | no such package",
    ],
    [
      "none of the platform packages of a release is there",
      [mainTool, archiveLinux],
      { targets: ["linux-x64"] },
      "set/optional-dependencies error tool-1.0.0.tgz: tool-linux-x64@1.0.0 among the packages | no such package",
      "set/optional-dependencies error tool-1.0.0.tgz: tool-darwin-arm64@1.0.0 among the packages | no such package",
      "set/uneven warning release: an npm package for linux-x64 | only tool-1.0.0-linux-x64.tar.gz",
    ],
    [
      "a pin of another version",
      [main({ "tool-linux-x64": "0.9.0" }), toolLinux],
      {},
      "set/optional-dependencies warning tool-1.0.0.tgz: tool-linux-x64@0.9.0 among the packages | version 1.0.0",
      "set/unlisted warning tool-linux-x64-1.0.0.tgz: tool-linux-x64@1.0.0 among the optionalDependencies of a main package | no package names it",
    ],
    [
      "a platform package that nobody names",
      [main({ "tool-linux-x64": "1.0.0" }), toolLinux, toolMac],
      {},
      "set/unlisted warning tool-darwin-arm64-1.0.0.tgz: tool-darwin-arm64@1.0.0 among the optionalDependencies of a main package | no package names it",
    ],
    [
      "a command of both packages",
      [
        main({ "tool-linux-x64": "1.0.0" }),
        platform("tool-linux-x64", { ...linuxX64, bin: { tool: "bin/tool" } }, linux),
      ],
      {},
      "set/bin-clash warning tool-linux-x64-1.0.0.tgz: no command tool, which tool-1.0.0.tgz brings | bin tool",
    ],
    [
      "a target that is not there",
      release,
      { targets: [...targets, "windows-x64", "any"] },
      "set/target error release: a file for windows-x64 | none",
    ],
    [
      "nothing",
      [],
      { targets: ["linux-x64"] },
      "set/target error release: a file for linux-x64 | none",
    ],
    [
      "a target whose bytes lie under another label",
      [platform("tool-linux-arm64", { os: ["linux"], cpu: ["arm64"] }, linux)],
      { targets: ["linux-x64"] },
      "set/target error release: a file for linux-x64 | none",
    ],
    [
      "a musl target without a wheel that pip takes there",
      [wheelLinux, platform("tool-linux-x64-musl", linuxX64, linux)],
      { targets: ["linux-x64-musl"] },
      "set/uneven warning release: a wheel for linux-x64-musl | only tool-linux-x64-musl-1.0.0.tgz",
    ],
  ])("%s", (_name, files, options, ...expected) => {
    expect(found(files, options)).toEqual(expected);
    expect(found([...files].reverse(), options)).toEqual(expected);
  });
});

describe("files that agree", () => {
  test.each<[name: string, files: readonly Contents[], options: Partial<SetOptions>]>([
    ["a release", release, { targets }],
    ["the same files, of whatever they are", release, {}],
    ["one file twice", [toolLinux, { ...toolLinux, path: "copy/tool-linux-x64-1.0.0.tgz" }], {}],
    [
      "platforms that are versions of the main package",
      [
        main({ "tool-linux-x64": "npm:tool@1.0.0-linux-x64" }),
        npmContents({ ...linuxX64, version: "1.0.0-linux-x64" }, linux, {
          name: "tool-1.0.0-linux-x64.tgz",
        }),
      ],
      { targets: ["linux-x64"] },
    ],
    [
      "a version in the spelling of each registry",
      [
        wheelContents("tool-1.0.0rc1-py3-none-any.whl", {}),
        npmContents({ version: "1.0.0-rc.1" }, {}, { name: "tool-1.0.0-rc.1.tgz" }),
      ],
      { targets: [] },
    ],
    [
      "a static program for both C libraries",
      [
        platform("tool-linux-x64-gnu", { ...linuxX64, libc: ["glibc"] }, linux),
        platform("tool-linux-x64-musl", { ...linuxX64, libc: ["musl"] }, linux),
      ],
      {},
    ],
    [
      "a library of every platform in each package",
      [
        platform("tool-linux-x64", linuxX64, { ...linux, "lib.dylib": mac["bin/tool"] ?? {} }),
        platform(
          "tool-darwin-arm64",
          { os: ["darwin"], cpu: ["arm64"] },
          {
            "lib.dylib": mac["bin/tool"] ?? {},
          },
        ),
      ],
      {},
    ],
    [
      "programs for two C libraries of one target",
      [
        platform(
          "a-linux-x64-gnu",
          { ...linuxX64, libc: ["glibc"] },
          {
            tool: { facts: glibcFacts("2.17"), bytes: "gnu" },
          },
        ),
        wheelContents("a-1.0.0-py3-none-musllinux_1_2_x86_64.whl", {
          tool: { facts: factsWith(), bytes: "musl" },
        }),
      ],
      {},
    ],
    [
      "two programs where another format holds one: it has one name for two targets",
      [
        archiveContents("tool-windows-x64-msvc.zip", {
          "tool.exe": { facts: windowsFacts(), bytes: "msvc" },
        }),
        archiveContents("tool-windows-x64-gnu.zip", {
          "tool.exe": { facts: windowsFacts(), bytes: "gnu" },
        }),
        platform(
          "tool-win32-x64",
          { os: ["win32"], cpu: ["x64"] },
          {
            "tool.exe": { facts: windowsFacts(), bytes: "msvc" },
          },
        ),
      ],
      { targets: ["windows-x64"] },
    ],
    [
      "a target that no format there has a name for",
      [wheelLinux],
      { targets: ["linux-x64", "freebsd-x64"] },
    ],
    [
      "a library that a platform package brings along",
      [
        platform(
          "a-linux-x64",
          { ...linuxX64, optionalDependencies: { "a-lib-linux-x64": "1.0.0" } },
          linux,
        ),
        platform("a-lib-linux-x64", linuxX64, {}),
        platform("a-other-linux-x64", linuxX64, {}),
      ],
      {},
    ],
    [
      "programs of another project that a main package brings along",
      [main({ "@other/linux-x64": "3.2.1" })],
      { targets: [] },
    ],
    [
      "bare files of the legs",
      [nativeContents("tool"), { ...nativeContents("tool"), path: "b/tool" }],
      {},
    ],
  ])("%s", (_name, files, options) => {
    expect(found(files, options)).toEqual([]);
  });
});
