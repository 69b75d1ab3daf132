import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { rows, type TargetRow } from "@multiarch/targets";
import { planNpmNames } from "../src/index.ts";
import { platformSuffix } from "../src/styles.ts";
import { described, describedAddon, glibc, macos, meta, musl, settings } from "./fixtures.ts";

/** What a file for exactly this row looks like: bound to its libc, so that all of its name is asked for. */
function bound(row: TargetRow) {
  const os = row.npm.os?.[0] ?? "wasi";
  const libc = row.libc === "glibc" || row.libc === "musl" ? row.libc : null;
  const universal = row.arch === "universal";
  const facts: Partial<Facts> = {
    os: row.os,
    arch: row.arch === "universal" ? null : row.arch,
    armVersion: row.armVersion,
    static: null,
    libc: row.libc,
    ...(universal ? macos("x64", "arm64") : {}),
  };
  const place = { os, cpu: row.npm.cpu ?? [], libc: row.os === "linux" ? libc : null };
  return { place, binary: describedAddon(row.id, facts) };
}

/** Read off packages that are published: node is ours, `napi` napi-rs', the others are esbuild's and biome's own. */
const expected: Readonly<Record<string, readonly (string | null)[]>> = {
  "linux-x64-gnu": ["linux-x64-gnu", "linux-x64-gnu", "linux-x64", "linux-x64"],
  "linux-x64-musl": ["linux-x64-musl", "linux-x64-musl", "linux-x64", "linux-x64-musl"],
  "linux-ia32-gnu": ["linux-ia32-gnu", "linux-ia32-gnu", "linux-ia32", "linux-ia32"],
  "linux-ia32-musl": ["linux-ia32-musl", "linux-ia32-musl", "linux-ia32", "linux-ia32-musl"],
  "linux-arm64-gnu": ["linux-arm64-gnu", "linux-arm64-gnu", "linux-arm64", "linux-arm64"],
  "linux-arm64-musl": ["linux-arm64-musl", "linux-arm64-musl", "linux-arm64", "linux-arm64-musl"],
  "linux-armv7-gnu": ["linux-arm-gnu", "linux-arm-gnueabihf", "linux-arm", "linux-arm"],
  "linux-armv7-musl": ["linux-arm-musl", "linux-arm-musleabihf", "linux-arm", "linux-arm-musl"],
  "linux-armv6-gnu": ["linux-arm-gnu", "linux-arm-gnueabihf", "linux-arm", "linux-arm"],
  "linux-armv6-musl": ["linux-arm-musl", "linux-arm-musleabihf", "linux-arm", "linux-arm-musl"],
  "linux-armv5-gnu": ["linux-arm-gnu", null, "linux-arm", "linux-arm"],
  "linux-armv5-musl": ["linux-arm-musl", null, "linux-arm", "linux-arm-musl"],
  "linux-ppc64le-gnu": ["linux-ppc64-gnu", "linux-ppc64-gnu", "linux-ppc64", "linux-ppc64"],
  "linux-ppc64le-musl": ["linux-ppc64-musl", "linux-ppc64-musl", "linux-ppc64", "linux-ppc64-musl"],
  "linux-s390x-gnu": ["linux-s390x-gnu", "linux-s390x-gnu", "linux-s390x", "linux-s390x"],
  "linux-s390x-musl": ["linux-s390x-musl", null, "linux-s390x", "linux-s390x-musl"],
  "linux-riscv64-gnu": ["linux-riscv64-gnu", "linux-riscv64-gnu", "linux-riscv64", "linux-riscv64"],
  "linux-riscv64-musl": [
    "linux-riscv64-musl",
    "linux-riscv64-musl",
    "linux-riscv64",
    "linux-riscv64-musl",
  ],
  "linux-loong64-gnu": ["linux-loong64-gnu", "linux-loong64-gnu", "linux-loong64", "linux-loong64"],
  "linux-loong64-musl": [
    "linux-loong64-musl",
    "linux-loong64-musl",
    "linux-loong64",
    "linux-loong64-musl",
  ],
  "linux-mips64le-gnu": ["linux-mips64el-gnu", null, "linux-mips64el", "linux-mips64el"],
  "linux-mips64le-musl": ["linux-mips64el-musl", null, "linux-mips64el", "linux-mips64el-musl"],
  "linux-mipsle-gnu": ["linux-mipsel-gnu", null, "linux-mipsel", "linux-mipsel"],
  "linux-ppc64-gnu": ["linux-ppc64-gnu", null, "linux-ppc64", "linux-ppc64"],
  "darwin-x64": ["darwin-x64", "darwin-x64", "darwin-x64", "darwin-x64"],
  "darwin-arm64": ["darwin-arm64", "darwin-arm64", "darwin-arm64", "darwin-arm64"],
  "darwin-universal": ["darwin-universal", "darwin-universal", null, null],
  "windows-x64-msvc": ["win32-x64", "win32-x64-msvc", "win32-x64", "win32-x64"],
  "windows-x64-gnu": ["win32-x64", "win32-x64-gnu", "win32-x64", "win32-x64"],
  "windows-ia32-msvc": ["win32-ia32", "win32-ia32-msvc", "win32-ia32", "win32-ia32"],
  "windows-arm64-msvc": ["win32-arm64", "win32-arm64-msvc", "win32-arm64", "win32-arm64"],
  "freebsd-x64": ["freebsd-x64", "freebsd-x64", "freebsd-x64", "freebsd-x64"],
  "freebsd-arm64": ["freebsd-arm64", null, "freebsd-arm64", "freebsd-arm64"],
  "android-arm64": ["android-arm64", "android-arm64", "android-arm64", "android-arm64"],
  "android-x64": ["android-x64", "android-x64", "android-x64", "android-x64"],
  "android-armv7": ["android-arm", "android-arm-eabi", "android-arm", "android-arm"],
  "ohos-arm64": [
    "openharmony-arm64",
    "openharmony-arm64",
    "openharmony-arm64",
    "openharmony-arm64",
  ],
};

describe("every target that npm can install, in every style", () => {
  // WebAssembly is loaded by JavaScript of its own kind, so that it never becomes a platform package here.
  const installable = rows.filter(({ arch }) => arch !== "wasm32");

  test("is in the table", () => {
    expect(installable.map(({ id }) => id).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(installable.map((row) => [row.id, row] as const))("%s", (id, row) => {
    const { place, binary } = bound(row);
    const styles = ["node", "napi", "esbuild", "biome"] as const;
    expect(styles.map((style) => platformSuffix(style, place, binary))).toEqual(expected[id]);
  });
});

const suffixes = (
  names: typeof settings.names,
  ...binaries: readonly ReturnType<typeof described>[]
) =>
  planNpmNames({ ...settings, names }, meta, binaries).platforms.map(({ suffix, libc }) => [
    suffix,
    libc,
  ]);

describe("a static executable", () => {
  test("is bound to no libc; napi-rs has only one word for what is linked statically", () => {
    expect(suffixes("node", described("linux-x64"))).toEqual([["linux-x64", null]]);
    expect(suffixes("esbuild", described("linux-x64"))).toEqual([["linux-x64", null]]);
    expect(suffixes("biome", described("linux-x64"))).toEqual([["linux-x64", null]]);
    expect(suffixes("napi", described("linux-x64"))).toEqual([["linux-x64-musl", null]]);
  });

  test("beside one for glibc is the one for musl, so that no machine gets both", () => {
    const pair = [described("linux-x64-gnu", glibc("2.30")), described("linux-x64-musl")];
    expect(suffixes("node", ...pair)).toEqual([
      ["linux-x64-gnu", "glibc"],
      ["linux-x64-musl", "musl"],
    ]);
    expect(suffixes("biome", ...pair)).toEqual([
      ["linux-x64", "glibc"],
      ["linux-x64-musl", "musl"],
    ]);
    const other = described("linux-arm64", { arch: "arm64" });
    expect(suffixes("node", ...pair, other)).toContainEqual(["linux-arm64", null]);
  });

  test("of one musl target beside a dynamic one is for glibc", () => {
    expect(suffixes("node", described("linux-x64-gnu"), described("linux-x64-musl", musl))).toEqual(
      [
        ["linux-x64-gnu", "glibc"],
        ["linux-x64-musl", "musl"],
      ],
    );
  });
});

describe("what a style has no word for is refused by name", () => {
  test("esbuild tells no libcs apart", () => {
    expect(() =>
      suffixes(
        "esbuild",
        described("linux-x64-gnu", glibc("2.17")),
        described("linux-x64-musl", musl),
      ),
    ).toThrow(/MA803 targets linux-x64-gnu and linux-x64-musl[\s\S]*npm\.names: node/);
  });

  test("nobody publishes for every target", () => {
    const armv5 = { ...glibc("2.17"), arch: "arm" as const, armVersion: 5 as const };
    expect(() => suffixes("napi", described("linux-armv5-gnu", armv5))).toThrow(
      /MA804 napi-rs has no name for packages of linux-armv5-gnu/,
    );
    expect(() => suffixes("biome", described("darwin-universal", macos("x64", "arm64")))).toThrow(
      /MA804 biome has no name/,
    );
    expect(() =>
      suffixes(
        "napi",
        described("freebsd-arm64", {
          os: "freebsd",
          arch: "arm64",
          libc: "freebsd",
          static: false,
        }),
      ),
    ).toThrow(/MA804/);
  });
});

test("a short Windows target is Microsoft's ABI for napi-rs, an exact one its own", () => {
  const windows = { format: "pe", os: "windows", static: false } as const;
  expect(suffixes("napi", described("windows-x64", windows))).toEqual([["win32-x64-msvc", null]]);
  expect(suffixes("napi", described("windows-x64-gnu", windows))).toEqual([
    ["win32-x64-gnu", null],
  ]);
});
