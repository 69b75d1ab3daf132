import { describe, expect, test } from "@jest/globals";
import { glibc, macos, musl, windows, written } from "./fixtures.ts";
import { build, file, initial, library, module, noMetadata } from "./trees.ts";

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

describe("commands beside a tree", () => {
  const tool = () => written({}, "tool", "linux-x64-gnu");

  test("are scripts of the same wheel, whose tags fit both", async () => {
    const binaries = [await tool()];
    const { members, tags, wheel } = await build(
      module("_n.abi3.so"),
      {},
      "linux-x64-gnu",
      binaries,
    );
    expect(members.slice(0, 2).map(({ name, mode }) => [name, mode.toString(8)])).toEqual([
      ["my_tool-1.2.3.data/scripts/tool", "100755"],
      ["pkg/__init__.py", "100644"],
    ]);
    expect(tags).toBe(`cp38-abi3-${manylinux}`);
    expect(wheel.from.map(({ file }) => file)).toEqual(["tool", "pkg-_n-abi3-so"]);
  });

  test("make a tree of Python alone a wheel for one platform", async () => {
    const pure = [initial, file("my_tool/__init__.py")];
    const { tags, members } = await build(pure, { module: true }, "linux-x64-gnu", [await tool()]);
    expect(tags).toBe(`py3-none-${manylinux}.musllinux_1_1_x86_64.musllinux_1_2_x86_64`);
    // The package's own module is not replaced; without one it is written.
    expect(members.filter(({ name }) => name.startsWith("my_tool/"))).toHaveLength(1);
    const given = await build([initial], { module: true }, "linux-x64-gnu", [await tool()]);
    expect(given.members.map(({ name }) => name)).toContain("my_tool/__main__.py");
  });

  test("need nothing that is nowhere, and are no entry points as well", async () => {
    const needy = await written(
      { ...glibc("2.17"), needed: ["libc.so.6", "libx.so"] },
      "tool",
      "linux-x64-gnu",
    );
    await expect(build(module("_n.abi3.so"), {}, "linux-x64-gnu", [needy])).rejects.toThrow(
      /MA825/,
    );
    const library = file(
      "pkg/libx.so",
      { ...glibc("2.17"), type: "library" },
      { importable: false },
    );
    const brings = [...module("_n.abi3.so"), library];
    expect((await build(brings, {}, "linux-x64-gnu", [needy])).tags).toBe(`cp38-abi3-${manylinux}`);
    const metadata = { ...noMetadata, entryPoints: { console_scripts: { tool: "pkg:main" } } };
    const clash = build(module("_n.abi3.so"), { metadata }, "linux-x64-gnu", [await tool()]);
    await expect(clash).rejects.toThrow(/MA827 .*a program and an entry point/);
  });
});
