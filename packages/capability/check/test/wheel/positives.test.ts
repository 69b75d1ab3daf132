import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";
import { checkSdist, checkWheel } from "../../src/index.ts";
import {
  dll,
  factsWith,
  glibcLibrary,
  macho,
  muslFacts,
  muslLibrary,
  windowsFacts,
} from "./natives.ts";
import { anyPurpose } from "./negative.ts";
import { sdistContents, type WheelChanges, wheel, wheelContents } from "./recipe.ts";
import { sdist } from "./sdist-negatives.ts";

const script = "demo-1.0.data/scripts/demo";
const module = "demo/_demo.so";
const both = [{ arch: "x64", minos: "10.12" }, { arch: "arm64" }] as const;

/** Wheels as they are published; nothing at all is to be said of them, whatever they are for. */
const fine: Readonly<Record<string, WheelChanges>> = {
  "a static program for both families": {
    tag: "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64",
    natives: { [script]: factsWith() },
  },
  "a static program for riscv64": {
    tag: "py3-none-manylinux_2_31_riscv64.musllinux_1_1_riscv64",
    natives: { [script]: factsWith({ arch: "riscv64" }) },
  },
  "a module for glibc": {
    tag: "cp313-cp313-manylinux_2_28_x86_64",
    natives: { [module]: glibcLibrary("2.28", { needed: ["libc.so.6", "ld-linux-x86-64.so.2"] }) },
  },
  "a module whose glibc has no policy of its number": {
    tag: "cp313-cp313-manylinux_2_25_x86_64",
    natives: { [module]: glibcLibrary("2.25") },
  },
  "a module without any library": {
    tag: "cp37-abi3-musllinux_1_2_x86_64",
    natives: { [module]: glibcLibrary("2.5", { libc: null, needed: [], glibcMin: null }) },
  },
  "abi3t (PEP 803)": {
    tag: "cp315-abi3.abi3t-manylinux_2_28_aarch64",
    natives: { [module]: glibcLibrary("2.17", { arch: "arm64" }) },
  },
  "libgcc_s from the system, with C++": {
    tag: "cp313-cp313-manylinux1_x86_64.manylinux_2_5_x86_64",
    natives: {
      [module]: glibcLibrary("2.3.4", {
        needed: ["libstdc++.so.6", "libgcc_s.so.1", "libc.so.6"],
        glibcxxMin: "3.4.8",
        cxxabiMin: "1.3.1",
      }),
    },
  },
  "libraries that it brings itself": {
    tag: "cp313-cp313-manylinux_2_28_x86_64",
    natives: {
      [module]: glibcLibrary("2.17", { needed: ["libpng16-3a.so.16", "libc.so.6"] }),
      "demo.libs/libpng16-3a.so.16": glibcLibrary("2.14", { needed: ["libz.so.1"] }),
    },
  },
  "a newer libstdc++ that it brings itself": {
    tag: "cp313-cp313-manylinux_2_17_x86_64",
    natives: {
      [module]: glibcLibrary("2.17", { needed: ["libstdc++-1a2b.so.6"], glibcxxMin: "3.4.33" }),
      "demo.libs/libstdc++-1a2b.so.6": glibcLibrary("2.17"),
    },
  },
  "a processor whose first glibc is newer than the tag": {
    tag: "py3-none-manylinux_2_17_riscv64",
    natives: { [module]: glibcLibrary("2.27", { arch: "riscv64" }) },
  },
  "musl under its loader's own name": {
    tag: "cp313-cp313-musllinux_1_2_x86_64",
    natives: {
      [module]: muslLibrary({ needed: ["libc.so"] }),
      [script]: muslFacts({ needed: ["libc.musl-x86_64.so.1"] }),
    },
  },
  "armv7l with hard floats": {
    tag: "py3-none-manylinux_2_31_armv7l",
    natives: { [module]: glibcLibrary("2.4", { arch: "arm", float: "hard", armVersion: 7 }) },
  },
  "linux_armv6l, which promises no libc": {
    tag: "py3-none-linux_armv6l",
    natives: {
      [script]: muslFacts({
        arch: "arm",
        float: "hard",
        armVersion: 6,
        interp: "/lib/ld-musl-armhf.so.1",
      }),
    },
  },
  "universal2 from one fat file, with maturin's three tags": {
    tag: "cp39-abi3-macosx_10_12_universal2.macosx_10_12_x86_64.macosx_11_0_arm64",
    natives: { [module]: macho(both) },
  },
  "universal2 from two thin files": {
    tag: "py3-none-macosx_11_0_universal2",
    natives: {
      "demo/libdemo_x64.dylib": macho([{ arch: "x64" }]),
      "demo/libdemo_arm64.dylib": macho([{ arch: "arm64" }]),
    },
  },
  "more slices than promised": {
    tag: "py3-none-macosx_10_12_x86_64",
    natives: {
      [module]: macho([
        { arch: "x64", minos: "10.12" },
        { arch: "arm64", minos: "12.0" },
      ]),
    },
  },
  "arm64 on macOS, where nothing is older than 11.0": {
    tag: "py3-none-macosx_10_9_universal2",
    natives: {
      [module]: macho([
        { arch: "x64", minos: "10.9" },
        { arch: "arm64", minos: "11.0" },
      ]),
    },
  },
  "symbols for debuggers, which have neither version nor signature": {
    tag: "py3-none-macosx_11_0_arm64",
    natives: {
      [module]: macho([{ arch: "arm64" }]),
      "demo/demo.dSYM/Contents/Resources/DWARF/demo": macho(
        [{ arch: "arm64", minos: null, signed: false }],
        { type: "object" },
      ),
    },
  },
  "a program of Dart's, which is an ELF library everywhere": {
    tag: "py3-none-win_amd64",
    natives: {
      "demo/dart.exe": windowsFacts({ needed: ["kernel32.dll"] }),
      "demo/sass.snapshot": factsWith({ type: "library", static: null }),
    },
  },
  "code for .NET, whose header says 32-bit x86": {
    tag: "py3-none-win_amd64",
    natives: {
      "demo/demo.exe": windowsFacts({ needed: ["kernel32.dll"] }),
      "demo/Demo.Runtime.dll": dll({ arch: "ia32", needed: ["mscoree.dll"] }),
    },
  },
  "the same in a wheel for every platform": {
    tag: "py3-none-any",
    natives: { "demo/Demo.Runtime.dll": dll({ arch: "ia32", needed: ["mscoree.dll"] }) },
  },
  "macOS 11 under its old name": {
    tag: "py3-none-macosx_10_16_x86_64",
    natives: { [module]: macho([{ arch: "x64", minos: "11.0" }]) },
  },
  "objects for a linker, of other systems": {
    natives: {
      [script]: factsWith(),
      "demo/race_darwin.syso": macho([{ arch: "arm64", signed: false }], { type: "object" }),
      "demo/windows.o": windowsFacts({ type: "object", arch: "ia32" }),
    },
  },
  "WebAssembly beside a program": {
    natives: {
      [script]: factsWith(),
      "demo/plugin.wasm": factsWith({ format: "wasm", os: null, arch: "wasm32", static: null }),
    },
  },
  "a module for Windows, whose runtime comes with Python": {
    tag: "cp38-abi3-win_arm64",
    natives: {
      "demo/_demo.pyd": dll({
        arch: "arm64",
        needed: [
          "kernel32.dll",
          "python3.dll",
          "vcruntime140.dll",
          "api-ms-win-crt-heap-l1-1-0.dll",
        ],
      }),
    },
  },
  "arm64ec for Windows on ARM": {
    tag: "py3-none-win_arm64",
    natives: { "demo-1.0.data/scripts/demo.exe": windowsFacts({ arch: "arm64ec" }) },
  },
  "a program of 32 bits, which runs on every Windows": {
    tag: "py3-none-win32.win_amd64",
    natives: { "demo-1.0.data/scripts/demo.exe": windowsFacts({ arch: "ia32" }) },
  },
  "a DLL that the wheel brings, in other letters": {
    tag: "cp313-cp313-win_amd64",
    natives: {
      "demo/_demo.pyd": dll({ needed: ["msvcp140.dll"] }),
      "demo.libs/MSVCP140.dll": dll(),
    },
  },
  "iOS, its simulator on arm64 being 14.0 at least": {
    tag: "cp313-cp313-ios_13_0_arm64_iphonesimulator",
    natives: {
      [module]: macho([{ arch: "arm64", platform: "iossimulator", minos: "14.0", signed: false }], {
        os: "ios",
      }),
    },
  },
  Android: {
    tag: "cp313-cp313-android_24_arm64_v8a",
    natives: {
      [module]: factsWith({
        os: "android",
        arch: "arm64",
        libc: "bionic",
        type: "library",
        static: null,
        needed: ["libc.so", "libm.so"],
      }),
    },
  },
  "pure Python": { tag: "py2.py3-none-any", files: [{ path: "demo/__init__.py", text: "" }] },
  "a build number": {
    tag: `1abc-py3-none-any`,
    wheel: (lines) => [...lines, "Build: 1abc"],
  },
  "Tag lines in another order than the name": {
    natives: { [script]: factsWith() },
    wheel: (lines) => [...lines.slice(0, 3), ...lines.slice(3).reverse()],
  },
  "a file with a comma in its name, and folders of their own": {
    tag: "py3-none-any",
    files: [
      { path: "demo/", text: "" },
      { path: "demo/one,two.txt", text: "x" },
    ],
    record: (lines) => lines.filter((line) => !line.startsWith("demo/,")),
  },
  "a signature of RECORD, and hashes that we do not know": {
    tag: "py3-none-any",
    files: [
      { path: "demo-1.0.dist-info/RECORD.jws", text: "{}" },
      { path: "demo/one.py", text: "x" },
    ],
    record: (lines) =>
      lines
        .filter((line) => !line.includes("jws"))
        .map((line) => line.replace(/^(demo\/one.py),.*/, "$1,sha512=AAAA,1")),
  },
  "licences and commands": {
    tag: "py3-none-any",
    metadata: (lines) => [
      "Metadata-Version: 2.4",
      ...lines.slice(1),
      "License-Expression: MIT",
      "License-File: LICENSE",
      "Summary: two",
      "  lines",
      "",
      "Version: of the README",
    ],
    files: [
      { path: "demo-1.0.dist-info/licenses/LICENSE", text: "MIT" },
      {
        path: "demo-1.0.dist-info/entry_points.txt",
        text: "# by hand\n[console_scripts]\ndemo = demo.main:Cli.run [extra]\n\n[demo.plugins]\none=demo\n",
      },
    ],
  },
};

describe("a wheel that is fine", () => {
  test.each(Object.entries(fine))("%s", (_, changes) => {
    for (const purpose of ["any", "pypi"] as const) {
      const checks = checkWheel(wheelContents(wheel(changes)), { ...anyPurpose, purpose });
      expect(checks).toEqual([]);
    }
  });

  test("serves the targets of its tags", () => {
    const serves = (tag: string, facts: Facts, target: string): boolean =>
      checkWheel(wheelContents(wheel({ tag, natives: { "demo/demo": facts } })), {
        ...anyPurpose,
        target: parseTarget(target),
      }).every(({ level }) => level !== "error");
    const linux = "py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64";
    expect(serves(linux, factsWith(), "linux-x64")).toBe(true);
    expect(serves(linux, factsWith(), "linux-x64-musl")).toBe(true);
    expect(serves(linux, factsWith(), "linux-arm64")).toBe(false);
    expect(serves("py3-none-macosx_11_0_universal2", macho(both), "darwin-universal")).toBe(true);
    expect(serves("py3-none-macosx_11_0_universal2", macho(both), "darwin-arm64")).toBe(true);
    expect(serves("py3-none-macosx_11_0_arm64", macho(both), "darwin-universal")).toBe(false);
    expect(serves("py3-none-any", factsWith({ format: "wasm", os: null }), "windows-x64")).toBe(
      true,
    );
    const armv6 = factsWith({ arch: "arm", float: "hard", armVersion: 6 });
    expect(serves("py3-none-linux_armv6l", armv6, "linux-armv7")).toBe(true);
    expect(serves("py3-none-manylinux_2_31_armv7l", armv6, "linux-armv6")).toBe(false);
  });
});

test("a source distribution that is fine", () => {
  for (const purpose of ["any", "pypi"] as const) {
    const licensed = sdist({
      metadata: ["Metadata-Version: 2.4", "Name: Demo", "Version: 1.0.0", "License-File: LICENSE"],
      more: [{ path: "demo-1.0/LICENSE", text: "MIT" }],
    });
    expect(checkSdist(sdistContents(licensed), { ...anyPurpose, purpose })).toEqual([]);
  }
});
