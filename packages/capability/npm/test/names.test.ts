import { describe, expect, test } from "@jest/globals";
import { distributionTag, planNpmNames, tarballName, whyInvalidName } from "../src/index.ts";
import { described, glibc, macos, meta, musl, settings, windows } from "./fixtures.ts";

const plan = (...binaries: ReturnType<typeof described>[]) =>
  planNpmNames(settings, meta, binaries);

describe("the platform comes from the bytes, not from the target", () => {
  test("a static executable serves both libcs: no libc in name or field", () => {
    const [platform] = plan(described("linux-x64-gnu")).platforms;
    expect(platform).toMatchObject({
      name: "@tool/linux-x64",
      suffix: "linux-x64",
      os: "linux",
      cpu: ["x64"],
      libc: null,
      glibc: null,
    });
  });

  test("what is bound to a libc names it, also where the target does not", () => {
    expect(plan(described("linux-x64", glibc("2.28"))).platforms).toMatchObject([
      { name: "@tool/linux-x64-gnu", libc: "glibc", glibc: "2.28" },
    ]);
    expect(plan(described("linux-x64-gnu", musl)).platforms).toMatchObject([
      { name: "@tool/linux-x64-musl", libc: "musl", glibc: null },
    ]);
  });

  test("Node's words for systems and processors", () => {
    const names = plan(
      described("windows-x64-msvc", windows),
      described("windows-arm64", { ...windows, arch: "arm64" }),
      described("linux-ppc64le", { arch: "ppc64le" }),
      described("freebsd-x64", { os: "freebsd", libc: "freebsd", static: false }),
      described("android-arm64", { os: "android", arch: "arm64", libc: "bionic", static: false }),
      described("ohos-arm64", { os: "openharmony", arch: "arm64", libc: "musl", static: false }),
      described("darwin-arm64", macos("arm64")),
    ).platforms;
    expect(names.map(({ suffix, os, cpu, libc }) => [suffix, os, cpu[0], libc])).toEqual([
      ["android-arm64", "android", "arm64", null],
      ["darwin-arm64", "darwin", "arm64", null],
      ["freebsd-x64", "freebsd", "x64", null],
      ["linux-ppc64", "linux", "ppc64", null],
      ["openharmony-arm64", "openharmony", "arm64", null],
      ["win32-arm64", "win32", "arm64", null],
      ["win32-x64", "win32", "x64", null],
    ]);
  });

  test("a fat file is for both processors", () => {
    expect(plan(described("darwin-universal", macos("x64", "arm64"))).platforms).toMatchObject([
      { name: "@tool/darwin-universal", cpu: ["arm64", "x64"] },
    ]);
  });

  test("what Node cannot start gets no package, with the reason", () => {
    const wasm = described("wasm32-wasip1", { format: "wasm", os: "wasi", arch: "wasm32" });
    const found = plan(wasm, described("linux-x64"));
    expect(found.platforms).toHaveLength(1);
    expect(found.none).toEqual([{ target: "wasm32-wasip1", why: expect.stringContaining("wasm") }]);
    expect(() => plan(wasm)).toThrow(/MA805/);
  });

  test("a dynamic executable of an unknown libc is refused, not guessed", () => {
    expect(() => plan(described("linux-x64", { static: false, needed: ["libx.so"] }))).toThrow(
      /MA805 .*tool of linux-x64.*libc/,
    );
  });
});

describe("two targets for one name", () => {
  test("equal bytes make one package that serves both", () => {
    const gnu = described("linux-x64-gnu");
    const twin = { ...described("linux-x64-musl"), sha256: gnu.sha256 };
    const [platform, ...more] = plan(gnu, twin).platforms;
    expect(more).toEqual([]);
    expect(platform).toMatchObject({ targets: ["linux-x64-gnu", "linux-x64-musl"] });
    expect(platform?.sources.map(({ leg }) => leg)).toEqual(["linux-x64-gnu", "linux-x64-musl"]);
    const third = { ...described("linux-x64"), sha256: gnu.sha256 };
    expect(plan(gnu, twin, third).platforms).toMatchObject([
      { targets: ["linux-x64", "linux-x64-gnu", "linux-x64-musl"] },
    ]);
  });

  test.each([
    ["linux-armv6-musl", "linux-armv7-musl", { arch: "arm" as const }],
    ["windows-x64-gnu", "windows-x64-msvc", windows],
  ])("%s and %s with different bytes are refused by name", (one, other, facts) => {
    expect(() => plan(described(one, facts), described(other, facts))).toThrow(
      new RegExp(`MA803 targets ${one} and ${other}`),
    );
  });

  test("both byte orders of ppc64 are one name for Node", () => {
    expect(() =>
      plan(
        described("linux-ppc64", { arch: "ppc64" }),
        described("linux-ppc64le", { arch: "ppc64le" }),
      ),
    ).toThrow(/MA803/);
  });
});

describe("several commands", () => {
  test("go into one package; a bound one binds it", () => {
    const found = plan(described("linux-x64", {}, "a"), described("linux-x64", glibc("2.31"), "b"));
    expect(found.platforms).toMatchObject([{ name: "@tool/linux-x64-gnu", glibc: "2.31" }]);
    expect(found.main.bins).toEqual(["a", "b"]);
  });

  test("each target has each of them, once", () => {
    expect(() =>
      plan(described("linux-x64", {}, "a"), described("linux-arm64", { arch: "arm64" }, "b")),
    ).toThrow(/MA805 .*linux-arm64/);
    expect(() => plan(described("linux-x64"), described("linux-x64"))).toThrow(/MA805/);
  });

  test("they must be for one platform", () => {
    expect(() =>
      plan(described("linux-x64", {}, "a"), described("linux-x64", { arch: "arm64" }, "b")),
    ).toThrow(/MA805 .*different platforms/);
    expect(() =>
      plan(described("linux-x64", musl, "a"), described("linux-x64", glibc("2.17"), "b")),
    ).toThrow(/linux-x64-musl and linux-x64-glibc/);
  });

  test("a command's name is checked before it becomes a path", () => {
    for (const bin of ["../x", "a b", "", "-rf", "tool.exe"]) {
      expect(() => plan(described("linux-x64", {}, bin))).toThrow(/MA801/);
    }
  });
});

describe("layouts", () => {
  const name = (changes: Partial<typeof settings>, package_ = meta) =>
    planNpmNames({ ...settings, ...changes }, package_, [described("linux-x64")]).platforms[0]
      ?.name;

  test("scoped, prefixed, and several packages under one scope", () => {
    expect(name({})).toBe("@tool/linux-x64");
    expect(name({ scope: null })).toBe("tool-linux-x64");
    expect(name({ layout: "prefixed" })).toBe("@tool/tool-linux-x64");
    expect(name({ scope: null, main: "@me/tool" })).toBe("@me/tool-linux-x64");
    expect(name({ several: true }, { ...meta, name: "server" })).toBe("@tool/server-linux-x64");
    expect(name({ several: true, scope: null }, { ...meta, name: "server" })).toBe(
      "server-linux-x64",
    );
  });

  test("a scope with a name says all that stands before the suffix", () => {
    expect(name({ scope: "@tool/cli" })).toBe("@tool/cli-linux-x64");
    expect(() => name({ scope: "@tool/cli/x" })).toThrow(/MA801/);
  });

  test("a scope is a scope", () => {
    expect(() => name({ scope: "tool" })).toThrow(/MA801 .*tool is not a scope/);
    expect(() => name({ scope: "@Tool" })).toThrow(/MA801 .*upper-case/);
  });

  test("two packages never share a file name", () => {
    expect(() => name({ main: "tool-linux-x64" })).toThrow(/MA801 .*one file name/);
  });
});

describe("names and versions that npm refuses", () => {
  test.each([
    ["Tool", "upper-case"],
    [".tool", "starts with ."],
    ["_tool", "starts with _"],
    ["to ol", "characters"],
    ["tool!", "characters"],
    ["a/b", "slash"],
    ["@a", "slash"],
    ["@a/b/c", "slash"],
    ["@/b", "empty"],
    ["", "empty"],
    ["node_modules", "reserved"],
    ["http", "module of Node"],
    ["a".repeat(215), "longer"],
  ])("%j", (invalid, why) => {
    expect(whyInvalidName(invalid)).toContain(why);
  });

  test.each(["tool", "@me/tool", "@me/http", "a.b-c_d", "7zip"])("%j is fine", (valid) => {
    expect(whyInvalidName(valid)).toBeNull();
  });

  test.each([
    "1.2",
    "v1.2.3",
    "1.2.3-",
    "1.2.3-01",
    "01.2.3",
    "1.2.3+build",
    "1.2.99999999999999999",
    "",
  ])("version %j", (version) => {
    expect(() => planNpmNames(settings, { ...meta, version }, [described("linux-x64")])).toThrow(
      /MA802/,
    );
  });
});

test("a prerelease never becomes what people get by default", () => {
  const tags = ["1.2.3-beta.1", "1.2.3-RC1", "1.2.3-0", "1.2.3-latest.1", "1.2.3-x.1", "1.2.3"];
  expect(tags.map(distributionTag)).toEqual(["beta", "rc", "next", "next", "next", undefined]);
  expect(distributionTag("0.0.0-dev.gdeadbeef")).toBe("dev");
});

test("tarballs are named as npm pack names them", () => {
  expect(tarballName("@me/tool", "1.2.3")).toBe("me-tool-1.2.3.tgz");
  expect(tarballName("tool", "1.2.3-beta.1")).toBe("tool-1.2.3-beta.1.tgz");
});
