import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import type { PythonMetadata } from "@multiarch/project";
import { buildTreeWheel, type TreeFile, type WheelSettings } from "../src/index.ts";
import {
  factsOf,
  glibc,
  macos,
  meta,
  musl,
  settings,
  temporary,
  unzip,
  windows,
} from "./fixtures.ts";

const library = (changes: Partial<Facts> = glibc("2.17")): Partial<Facts> => ({
  type: "library",
  static: false,
  ...changes,
});

function file(
  name: string,
  facts: Partial<Facts> | null = null,
  more: Partial<TreeFile> = {},
): TreeFile {
  return {
    leg: "linux-x64-gnu",
    fileId: name.replace(/\W/g, "-"),
    name,
    mode: facts === null ? 0o644 : 0o755,
    content: new TextEncoder().encode(`bytes of ${name}`),
    sha256: "ab".repeat(32),
    facts: facts === null ? null : factsOf(facts),
    importable: facts !== null,
    ...more,
  };
}

const initial = file("pkg/__init__.py");
const module = (name: string, facts = library()) => [initial, file(`pkg/${name}`, facts)];

async function build(
  files: readonly TreeFile[],
  more: Partial<WheelSettings> = {},
  target = "linux-x64-gnu",
) {
  const request = { files, settings: { ...settings, ...more }, meta, target };
  const wheel = await buildTreeWheel({ ...request, outputFolder: await temporary() });
  const members = await unzip(wheel.file);
  const text = (name: string) =>
    members
      .find((member) => member.name === `my_tool-1.2.3.dist-info/${name}`)
      ?.content.toString() ?? "";
  return {
    wheel,
    members,
    text,
    tags: basename(wheel.file).replace(/^my_tool-1\.2\.3-|\.whl$/g, ""),
  };
}

const tagsOf = async (...given: Parameters<typeof build>) => (await build(...given)).tags;
const manylinux = "manylinux2014_x86_64.manylinux_2_17_x86_64";

test("a tree becomes a wheel: its files first, a library executable, RECORD last", async () => {
  const { members, wheel, text } = await build([
    ...module("_native.abi3.so"),
    file("pkg/data.json"),
  ]);
  expect(members.map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
    ["pkg/__init__.py", "100644"],
    ["pkg/_native.abi3.so", "100755"],
    ["pkg/data.json", "100644"],
    ["my_tool-1.2.3.dist-info/METADATA", "100644"],
    ["my_tool-1.2.3.dist-info/WHEEL", "100644"],
    ["my_tool-1.2.3.dist-info/licenses/LICENSE", "100644"],
    ["my_tool-1.2.3.dist-info/RECORD", "100644"],
  ]);
  expect(text("WHEEL").trim().split("\n").slice(2)).toEqual([
    "Root-Is-Purelib: false",
    "Tag: cp38-abi3-manylinux2014_x86_64",
    "Tag: cp38-abi3-manylinux_2_17_x86_64",
  ]);
  expect(wheel).toMatchObject({ target: "linux-x64-gnu", version: "1.2.3" });
  expect(wheel.from).toEqual([
    { leg: "linux-x64-gnu", file: "pkg-_native-abi3-so", sha256: "ab".repeat(32) },
  ]);
});

test("the order of the files does not matter", async () => {
  const files = [...module("_native.abi3.so"), file("a.py"), file("pkg/z.py")];
  const one = await build(files);
  const other = await build([...files].reverse());
  expect(other.wheel.sha256).toBe(one.wheel.sha256);
});

describe("names of modules say which Python", () => {
  test.each([
    ["_n.abi3.so", `cp38-abi3-${manylinux}`],
    ["_n.abi3t.so", `cp315-abi3.abi3t-${manylinux}`],
    ["_n.cpython-313-x86_64-linux-gnu.so", `cp313-cp313-${manylinux}`],
    ["_n.cpython-313t-x86_64-linux-gnu.so", `cp313-cp313t-${manylinux}`],
    ["_n.pypy311-pp73-x86_64-linux-gnu.so", `pp311-pypy311_pp73-${manylinux}`],
    ["_n.graalpy250-312-native-x86_64-linux.so", `graalpy312-graalpy250_312_native-${manylinux}`],
  ])("%s", async (name, expected) => {
    expect(await tagsOf(module(name))).toBe(expected);
  });

  test("an old one, whose name has the letter m", async () => {
    const old = module("_n.cpython-36m-x86_64-linux-gnu.so");
    expect(await tagsOf(old, { requiresPython: ">=3.6" })).toBe(`cp36-cp36m-${manylinux}`);
  });

  test("macOS and Windows", async () => {
    const mac = library(macos(["arm64", "11.0"]));
    expect(await tagsOf(module("_n.cpython-313-darwin.so", mac), {}, "darwin-arm64")).toBe(
      "cp313-cp313-macosx_11_0_arm64",
    );
    const fat = library(macos(["arm64", "11.0"], ["x64", "10.12"]));
    expect(await tagsOf(module("_n.abi3.so", fat), {}, "darwin-universal")).toBe(
      "cp38-abi3-macosx_10_12_universal2.macosx_10_12_x86_64.macosx_11_0_arm64",
    );
    const pe = library(windows);
    expect(await tagsOf(module("_n.cp313-win_amd64.pyd", pe), {}, "windows-x64")).toBe(
      "cp313-cp313-win_amd64",
    );
    const free = library({ ...windows, arch: "arm64", needed: ["python314t.dll"] });
    expect(await tagsOf(module("_n.cp314t-win_arm64.pyd", free), {}, "windows-arm64")).toBe(
      "cp314-cp314t-win_arm64",
    );
  });

  test.each([
    ["python3.dll", "cp38-abi3"],
    ["python3t.dll", "cp315-abi3.abi3t"],
    ["python312.dll", "cp312-cp312"],
    ["python313t.dll", "cp313-cp313t"],
  ])("a plain .pyd by what it imports: %s", async (dll, expected) => {
    const pe = library({ ...windows, needed: ["kernel32.dll", dll] });
    expect(await tagsOf(module("_n.pyd", pe), {}, "windows-x64")).toBe(`${expected}-win_amd64`);
  });

  test("abi3 begins where requires-python does", async () => {
    const abi3 = (requiresPython: string) => tagsOf(module("_n.abi3.so"), { requiresPython });
    expect(await abi3(">=3.11,<4")).toMatch(/^cp311-abi3-/);
    expect(await abi3("~=3.10")).toMatch(/^cp310-abi3-/);
    expect(await abi3(">=3.8, !=3.9.0, >=3.9")).toMatch(/^cp39-abi3-/);
    expect(await abi3(">=3")).toMatch(/^cp32-abi3-/);
    await expect(abi3("<4")).rejects.toThrow(/MA822 .*lower bound/);
  });

  test("libraries that somebody opens by hand, and programs, work with any", async () => {
    const opened = file("pkg/libthing.so", library(), { importable: false });
    expect(await tagsOf([initial, opened])).toBe(`py3-none-${manylinux}`);
    expect(await tagsOf([initial, file("pkg/bin/tool", {}, { importable: false })])).toBe(
      `py3-none-${manylinux}.musllinux_1_1_x86_64.musllinux_1_2_x86_64`,
    );
  });

  test("one for a version beside one with the stable ABI narrows the wheel", async () => {
    const exact = file("pkg/_fast.cpython-313-x86_64-linux-gnu.so", library());
    expect(await tagsOf([...module("_n.abi3.so"), exact])).toBe(`cp313-cp313-${manylinux}`);
    const free = file("pkg/_fast.cpython-313t-x86_64-linux-gnu.so", library());
    await expect(build([...module("_n.abi3.so"), free])).rejects.toThrow(
      /MA822 .*does not work with/,
    );
  });
});

describe("what no wheel can be made of", () => {
  test.each([
    ["_n.cpython-313d-x86_64-linux-gnu.so", library(), /debug/],
    ["_n.so", library(), /which Python it was built for/],
    ["_n.cpython-313-aarch64-linux-gnu.so", library(), /says aarch64-linux-gnu.* linux x64 glibc/],
    ["_n.cpython-313-x86_64-linux-musl.so", library(), /says x86_64-linux-musl/],
    ["_n.cpython-313-darwin.so", library(), /says darwin/],
    ["_n.pyd", library(), /not one of a module for linux/],
    ["_n.abi3.pyd", library(windows), /leave \.abi3 out/],
    ["_n_d.cp313-win_amd64.pyd", library(windows), /debug/],
    ["_n.pyd", library({ ...windows, needed: ["python313_d.dll"] }), /debug/],
    ["_n.cp313-win_arm64.pyd", library(windows), /says win_arm64/],
    [
      "_n.cp313-win_amd64.pyd",
      library({ ...windows, needed: ["python312.dll"] }),
      /library of cp312/,
    ],
    ["_n.cp313-win_amd64.so", library(windows), /no Python looks for one of this name/],
    ["_n.cpython-37m-x86_64-linux-gnu.so", library(), /begins at 3\.8/],
  ] as const)("%s", async (name, facts, why) => {
    await expect(build(module(name, facts))).rejects.toThrow(why);
    await expect(build(module(name, facts))).rejects.toThrow(/MA822/);
  });

  test("modules for two Pythons in one tree", async () => {
    const other = file("pkg/_n.cpython-314-x86_64-linux-gnu.so", library());
    const both = [...module("_n.cpython-313-x86_64-linux-gnu.so"), other];
    await expect(build(both)).rejects.toThrow(/MA822 .*cp313-cp313 .*cp314-cp314.*a tree for each/);
  });

  test("a tree without anything native, or with what installers write", async () => {
    await expect(build([initial])).rejects.toThrow(/MA828 .*no native file/);
    for (const name of ["pkg-1.dist-info/METADATA", "pkg.egg-info", "pkg-1.data/scripts/x"]) {
      await expect(build([...module("_n.abi3.so"), file(name)])).rejects.toThrow(/MA828/);
    }
  });

  test("libraries that are nowhere, unless the tree holds them", async () => {
    const needy = library({ ...glibc("2.17"), needed: ["libc.so.6", "libssl.so.3"] });
    await expect(build(module("_n.abi3.so", needy))).rejects.toThrow(/MA825 .*libssl\.so\.3/);
    const bundled = file(
      "pkg.libs/libssl-1a2b.so",
      library({ ...glibc("2.17"), soname: "libssl.so.3" }),
      { importable: false },
    );
    expect(await tagsOf([...module("_n.abi3.so", needy), bundled])).toBe(`cp38-abi3-${manylinux}`);
    const python = library({ ...glibc("2.17"), needed: ["libpython3.13.so.1.0"] });
    await expect(build(module("_n.abi3.so", python))).rejects.toThrow(/MA825/);
  });
});

describe("libraries and libcs", () => {
  const free = library({ libc: null, needed: [] });

  test("one that names none is what was asked for, or what the others are", async () => {
    const plain = module("_n.abi3.so", free);
    expect(await tagsOf(plain, {}, "linux-x64-gnu")).toBe(
      "cp38-abi3-manylinux1_x86_64.manylinux_2_5_x86_64",
    );
    expect(await tagsOf(plain, {}, "linux-x64-musl")).toBe("cp38-abi3-musllinux_1_2_x86_64");
    await expect(build(plain, {}, "linux-x64")).rejects.toThrow(/MA822 .*which libc/);
    const beside = [...plain, file("pkg/_m.abi3.so", library(musl))];
    expect(await tagsOf(beside, {}, "linux-x64")).toBe("cp38-abi3-musllinux_1_2_x86_64");
  });

  test("musl called its modules gnu for long", async () => {
    expect(
      await tagsOf(
        module("_n.cpython-311-x86_64-linux-gnu.so", library(musl)),
        {},
        "linux-x64-musl",
      ),
    ).toBe("cp311-cp311-musllinux_1_2_x86_64");
  });

  test("for several versions of arm: where the newest runs", async () => {
    const arm = (armVersion: 6 | 7) =>
      library({ ...glibc("2.28"), arch: "arm", armVersion, float: "hard" });
    const files = [initial, file("pkg/_a.abi3.so", arm(6)), file("pkg/_b.abi3.so", arm(7))];
    expect(await tagsOf(files, {}, "linux-armv7-gnu")).toBe("cp38-abi3-manylinux_2_28_armv7l");
  });
});

describe("metadata from the manifest", () => {
  const said: PythonMetadata = {
    description: "Said there",
    license: "MIT",
    authors: [
      { name: "Ann Other", email: null },
      { name: "Bob, Jr.", email: "bob@mail.example" },
      { name: null, email: "x@mail.example" },
    ],
    maintainers: [{ name: "Team", email: "team@mail.example" }],
    keywords: ["one", "two, three"],
    classifiers: [
      "Topic :: Utilities",
      "License :: OSI Approved :: MIT License",
      "Topic :: Utilities",
    ],
    urls: [
      { label: "Source Code", url: "https://code.example/me/tool" },
      { label: "Mail", url: "mailto:x" },
    ],
    dependencies: ["click>=8", 'tomli; python_version < "3.11"'],
    extras: {
      Fast_IO: ["uvloop", 'x; sys_platform == "linux" or os_name == "posix"'],
      dev: ["lib @ https://a.example/x;y.whl ; python_version > '3'"],
    },
    entryPoints: {
      console_scripts: { tool: "pkg.cli:main", "a-b": "pkg:run [fast]" },
      "tool.plugins": { own: "pkg.cli", foreign: "elsewhere.plugin" },
    },
    readme: null,
    readmeText: null,
    readmeType: "text/markdown",
  };
  const files = [...module("_native.abi3.so"), file("pkg/cli.py")];

  test("every header", async () => {
    const { text } = await build(files, { metadata: said });
    expect(text("METADATA")).toBe(
      `Metadata-Version: 2.4
Name: My.Tool
Version: 1.2.3
Summary: Said there
Keywords: one,two  three
Author: Ann Other
Author-email: "Bob, Jr." <bob@mail.example>, x@mail.example
Maintainer-email: Team <team@mail.example>
License-Expression: MIT
License-File: LICENSE
Classifier: Topic :: Utilities
Requires-Dist: click>=8
Requires-Dist: tomli; python_version < "3.11"
Provides-Extra: fast-io
Requires-Dist: uvloop ; extra == 'fast-io'
Requires-Dist: x ; (sys_platform == "linux" or os_name == "posix") and extra == 'fast-io'
Provides-Extra: dev
Requires-Dist: lib @ https://a.example/x;y.whl ; (python_version > '3') and extra == 'dev'
Requires-Python: >=3.8
Project-URL: Source Code, https://code.example/me/tool
Project-URL: Homepage, https://tool.example
Description-Content-Type: text/markdown; charset=UTF-8

# Tool

It works.
`.replace("two  three", "two three"),
    );
  });

  test("a classifier of a licence stays where no expression says it", async () => {
    const { text } = await build(files, { metadata: { ...said, license: "Proprietary stuff" } });
    expect(text("METADATA")).toContain("\nClassifier: License :: OSI Approved :: MIT License\n");
  });

  test("entry points, sorted, are in RECORD", async () => {
    const { text } = await build(files, { metadata: said });
    expect(text("entry_points.txt")).toBe(`[console_scripts]
a-b = pkg:run [fast]
tool = pkg.cli:main

[tool.plugins]
foreign = elsewhere.plugin
own = pkg.cli
`);
    expect(text("RECORD")).toContain("my_tool-1.2.3.dist-info/entry_points.txt,sha256=");
  });

  test.each([
    [{ console_scripts: { tool: "pkg.missing:main" } }, "a module whose file is not there"],
    [{ console_scripts: { tool: "pkg.cli" } }, "a command without a function"],
    [{ console_scripts: { tool: "other.cli:main" } }, "a command of another distribution"],
    [{ console_scripts: { tool: "pkg.cli:main; rm" } }, "no reference at all"],
    [{ console_scripts: { "a = b": "pkg.cli:main" } }, "a name that ends the line"],
    [{ "tool.plugins": { own: "pkg.none" } }, "a plugin whose module is not there"],
    [{ "a]\n[b": { own: "pkg.cli" } }, "a group that ends the section"],
  ])("%j is refused: %s", async (entryPoints: PythonMetadata["entryPoints"], _why) => {
    await expect(build(files, { metadata: { ...said, entryPoints } })).rejects.toThrow(/MA827/);
  });

  test("a module may be an extension", async () => {
    const entryPoints = { console_scripts: { tool: "pkg._native:main" } };
    const { text } = await build(files, {
      metadata: { ...said, entryPoints },
    });
    expect(text("entry_points.txt")).toContain("tool = pkg._native:main");
  });
});
