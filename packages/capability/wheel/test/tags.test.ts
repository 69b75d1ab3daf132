import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { foreignLibraries, wheelTags } from "../src/index.ts";
import { factsOf, glibc, macos, musl, windows } from "./fixtures.ts";

type Changes = Parameters<typeof factsOf>[0];
const tags = (changes: Changes, target = "linux-x64") => {
  const found = wheelTags(factsOf(changes), target);
  return "tags" in found ? found.tags.join(".") : `none: ${found.none}`;
};

/** The platform tags that the package index accepts for these systems. */
const accepted =
  /^(win32|win_amd64|win_arm64|linux_armv[67]l|manylinux(1|2010)_(x86_64|i686)|manylinux2014_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)|manylinux_\d+_\d+_(x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64|ppc64)|musllinux_\d+_\d+_(x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64)|macosx_10_\d+_(x86_64|universal2)|macosx_(11|12|13|14|15|26)_0_(x86_64|arm64|universal2))$/;

describe("static Linux executables serve both families", () => {
  test.each([
    ["x64", "manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64.musllinux_1_2_x86_64"],
    ["ia32", "manylinux2014_i686.manylinux_2_17_i686.musllinux_1_1_i686.musllinux_1_2_i686"],
    [
      "arm64",
      "manylinux2014_aarch64.manylinux_2_17_aarch64.musllinux_1_1_aarch64.musllinux_1_2_aarch64",
    ],
    [
      "ppc64le",
      "manylinux2014_ppc64le.manylinux_2_17_ppc64le.musllinux_1_1_ppc64le.musllinux_1_2_ppc64le",
    ],
    ["s390x", "manylinux2014_s390x.manylinux_2_17_s390x.musllinux_1_1_s390x.musllinux_1_2_s390x"],
    ["riscv64", "manylinux_2_31_riscv64.musllinux_1_1_riscv64.musllinux_1_2_riscv64"],
    ["ppc64", "manylinux2014_ppc64.manylinux_2_17_ppc64"],
  ] as const)("%s", (arch, expected) => {
    expect(tags({ arch }, `linux-${arch}`)).toBe(expected);
  });

  test("arm: the bytes tell the version, or else what was asked for", () => {
    const armv7 =
      "manylinux2014_armv7l.manylinux_2_17_armv7l.musllinux_1_1_armv7l.musllinux_1_2_armv7l";
    expect(tags({ arch: "arm", armVersion: 7 }, "linux-armv7-gnu")).toBe(armv7);
    expect(tags({ arch: "arm" }, "linux-armv7-musl")).toBe(armv7);
    expect(tags({ arch: "arm", armVersion: 6 }, "linux-armv7-musl")).toBe(armv7);
    expect(tags({ arch: "arm", armVersion: 6 }, "linux-armv6-musl")).toBe("linux_armv6l");
    expect(tags({ arch: "arm", armVersion: 7 }, "linux-armv6-musl")).toBe(armv7);
    expect(tags({ arch: "arm", armVersion: 5 }, "linux-armv5-musl")).toMatch(/none: .*armv5/);
    expect(tags({ arch: "arm" }, "linux-arm")).toMatch(/none: .*unknown version/);
  });
});

describe("what is bound to glibc claims what its symbols need", () => {
  test.each([
    ["2.2.5", "x64", "manylinux1_x86_64.manylinux_2_5_x86_64"],
    ["2.12", "x64", "manylinux2010_x86_64.manylinux_2_12_x86_64"],
    ["2.7", "x64", "manylinux2010_x86_64.manylinux_2_12_x86_64.manylinux_2_7_x86_64"],
    ["2.14", "x64", "manylinux2014_x86_64.manylinux_2_14_x86_64.manylinux_2_17_x86_64"],
    ["2.18", "x64", "manylinux_2_18_x86_64"],
    ["2.17", "x64", "manylinux2014_x86_64.manylinux_2_17_x86_64"],
    ["2.39", "x64", "manylinux_2_39_x86_64"],
    ["2.17", "arm64", "manylinux2014_aarch64.manylinux_2_17_aarch64"],
    ["2.27", "riscv64", "manylinux_2_27_riscv64"],
    [null, "s390x", "manylinux2014_s390x.manylinux_2_17_s390x"],
  ] as const)("%s on %s", (version, arch, expected) => {
    expect(tags({ ...glibc(version), arch })).toBe(expected);
  });

  test("libstdc++ and rarer libraries raise the claim", () => {
    expect(tags({ ...glibc("2.17"), glibcxxMin: "3.4.26" })).toBe("manylinux_2_31_x86_64");
    expect(tags({ ...glibc("2.17"), cxxabiMin: "1.3.13" })).toBe("manylinux_2_34_x86_64");
    const newer = { ...glibc("2.17"), glibcxxMin: "3.4.22", cxxabiMin: "1.3.11" };
    expect(tags(newer)).toBe("manylinux_2_27_x86_64");
    expect(tags({ ...newer, arch: "ppc64le" })).toBe("manylinux_2_26_ppc64le");
    expect(tags({ ...glibc("2.5"), needed: ["libmvec.so.1"] })).toBe("manylinux_2_24_x86_64");
    expect(tags({ ...glibc("2.17"), glibcxxMin: "3.4.99" })).toMatch(/none: .*3\.4\.99/);
  });

  test("soft floats on arm have no tag", () => {
    const soft = { ...glibc("2.17"), arch: "arm", armVersion: 7, float: "soft" } as const;
    expect(tags(soft, "linux-armv7-gnu")).toMatch(/none: .*hard floats/);
    expect(tags({ ...soft, float: "hard" }, "linux-armv7-gnu")).toContain("manylinux_2_17_armv7l");
  });
});

test("musl has no symbol versions: the oldest that is maintained", () => {
  expect(tags(musl)).toBe("musllinux_1_2_x86_64");
  expect(tags({ ...musl, arch: "ppc64" })).toMatch(/none: .*ppc64/);
});

describe("macOS", () => {
  test.each([
    [["x64", "10.12"], "macosx_10_12_x86_64"],
    [["x64", "11.0"], "macosx_11_0_x86_64"],
    [["arm64", "11.0"], "macosx_11_0_arm64"],
    [["arm64", "10.12"], "macosx_11_0_arm64"],
    [["arm64", "12.3"], "macosx_13_0_arm64"],
    [["arm64", "15.4"], "macosx_26_0_arm64"],
    [["x64", "26.0"], "macosx_26_0_x86_64"],
  ] as const)("%j: %s", (part, expected) => {
    expect(tags(macos(part))).toBe(expected);
  });

  test("both processors in one file", () => {
    expect(tags(macos(["arm64", "11.0"], ["x64", "10.12"]))).toBe(
      "macosx_10_12_universal2.macosx_10_12_x86_64.macosx_11_0_arm64",
    );
    expect(tags(macos(["arm64", "13.0"], ["x64", "10.12"]))).toBe(
      "macosx_10_12_x86_64.macosx_13_0_arm64",
    );
  });

  test("a version that is unknown, or newer than any tag, has none", () => {
    expect(tags(macos(["x64", null]))).toMatch(/none: .*does not say/);
    expect(tags(macos(["x64", "27.0"]))).toMatch(/none: .*27/);
  });
});

test.each([
  ["x64", "win_amd64"],
  ["ia32", "win32"],
  ["arm64", "win_arm64"],
] as const)("Windows on %s", (arch, expected) => {
  expect(tags({ ...windows, arch })).toBe(expected);
});

test.each([
  [{ os: "freebsd" }, /freebsd/],
  [{ os: "android", arch: "arm64" }, /Android/],
  [{ arch: "loong64" }, /loong64/],
  [{ arch: "mipsel" }, /mipsel/],
  [{ format: "wasm", os: "wasi", arch: "wasm32" }, /wasi/],
  [{ ...windows, arch: "arm64ec" }, /arm64ec/],
  [{ os: null }, /unknown system/],
  [{ static: false }, /libc that is unknown/],
] as const)("no tag, but the reason: %j", (changes, why) => {
  expect(tags(changes as Changes)).toMatch(why);
  expect(tags(changes as Changes)).toMatch(/^none: /);
});

describe("several executables in one wheel", () => {
  const together = (...all: readonly Changes[]) => wheelTags(all.map(factsOf), "linux-x64");
  test("the most demanding one decides", () => {
    expect(together({}, glibc("2.17"), glibc("2.31"))).toEqual({ tags: ["manylinux_2_31_x86_64"] });
    expect(together(macos(["x64", "10.12"]), macos(["x64", "12.0"]))).toEqual({
      tags: ["macosx_12_0_x86_64"],
    });
  });

  test("what does not run on one system has no tag together", () => {
    for (const [one, other] of [
      [glibc("2.17"), musl],
      [{}, { arch: "arm64" }],
      [{}, windows],
      [windows, { ...windows, arch: "arm64" }],
      [macos(["x64", "10.12"]), macos(["arm64", "11.0"])],
    ] as const) {
      expect(together(one, other as Changes)).toHaveProperty("none");
    }
    expect(wheelTags([], "linux-x64")).toHaveProperty("none");
  });
});

test("whatever the facts, tags are sorted, unique, and such as the index accepts", () => {
  const arches = ["x64", "ia32", "arm64", "arm", "riscv64", "ppc64", "ppc64le", "s390x", "loong64"];
  const changes = fc.record({
    os: fc.constantFrom("linux", "windows", "darwin"),
    arch: fc.constantFrom(...arches),
    armVersion: fc.constantFrom(null, 5, 6, 7),
    static: fc.boolean(),
    libc: fc.constantFrom("glibc", "musl", null),
    glibcMin: fc.constantFrom(null, "2.2.5", "2.17", "2.30", "2.41"),
    slices: fc.constantFrom(macos(["x64", "10.9"], ["arm64", "14.1"]).slices),
  });
  fc.assert(
    fc.property(changes, fc.constantFrom("linux-armv7-gnu", "linux-x64"), (facts, target) => {
      const found = wheelTags(factsOf(facts as Changes), target);
      if ("none" in found) return expect(found.none).not.toBe("");
      expect(found.tags).toEqual([...new Set(found.tags)].sort());
      for (const tag of found.tags) expect(tag).toMatch(accepted);
    }),
  );
});

test("libraries that not every system of a tag has", () => {
  const needed = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux-aarch64.so.1", "libz.so.1"];
  expect(foreignLibraries(factsOf({ ...glibc("2.17"), needed }))).toEqual([]);
  expect(
    foreignLibraries(
      factsOf({ ...glibc("2.17"), needed: ["libssl.so.3", "libc.so.6", "libpython3.11.so.1.0"] }),
    ),
  ).toEqual(["libpython3.11.so.1.0", "libssl.so.3"]);
  expect(
    foreignLibraries(
      factsOf({ ...musl, needed: ["libc.musl-x86_64.so.1", "libz.so.1", "libstdc++.so.6"] }),
    ),
  ).toEqual(["libstdc++.so.6"]);
  expect(foreignLibraries(factsOf({ ...windows, needed: ["kernel32.dll"] }))).toEqual([]);
  const mac = macos(["arm64", "11.0"], ["x64", "11.0"]);
  const needing = (...libraries: string[]) =>
    factsOf({
      ...mac,
      slices: (mac.slices ?? []).map((slice) => ({ ...slice, needed: libraries })),
    });
  const system = [
    "/usr/lib/libSystem.B.dylib",
    "/System/Library/Frameworks/Security.framework/Security",
  ];
  expect(foreignLibraries(needing(...system, "@rpath/libswiftCore.dylib"))).toEqual([]);
  const brew = "/opt/homebrew/lib/libssl.3.dylib";
  expect(foreignLibraries(needing(brew, "@rpath/libx.dylib"))).toEqual([brew, "@rpath/libx.dylib"]);
  expect(foreignLibraries(needing(brew), ["libssl*", "LIBX.DYLIB"])).toEqual([]);
});
