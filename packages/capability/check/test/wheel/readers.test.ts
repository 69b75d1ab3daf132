import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalVersion } from "../../src/index.ts";
import { entryPointFaults } from "../../src/wheel/entry-points.ts";
import { parseWheelName } from "../../src/wheel/file-name.ts";
import { headerField, readHeaderFields } from "../../src/wheel/header-fields.ts";
import { cxxCaps, manylinuxHas, musllinuxHas } from "../../src/wheel/linux-libraries.ts";
import { isAcceptedByIndex, readPlatformTag } from "../../src/wheel/platform-tags.ts";
import { readRecord } from "../../src/wheel/record-file.ts";
import {
  isUniversalRuntime,
  isVisualRuntime,
  isWindowsLibrary,
} from "../../src/wheel/windows-libraries.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("versions as PEP 440 counts them", () => {
  test.each([
    ["1.0", "1"],
    ["1.0.0", "1"],
    ["v1.2.0-Beta.1", "1.2b1"],
    ["1.2.3-alpha", "1.2.3a0"],
    ["1c3", "1rc3"],
    ["1.0preview2", "1rc2"],
    ["1.0-4", "1.post4"],
    ["1.0.rev", "1.post0"],
    ["1.0r2.dev3", "1.post2.dev3"],
    ["2!1.00", "2!1"],
    ["0!1", "1"],
    ["1.0+Ubuntu-01", "1+ubuntu.1"],
    ["20260102030405060708", "20260102030405060708"],
  ])("%s is %s", (text, canonical) => {
    expect(canonicalVersion(text)).toBe(canonical);
    expect(canonicalVersion(canonical)).toBe(canonical);
  });

  test.each(["", "one", "1.0-x", "1..0", "1.0+", "1.0a1b2", "1.0-beta-x"])("%s is none", (text) => {
    expect(canonicalVersion(text)).toBeNull();
  });

  test("are read in no more time than they are long", () => {
    expect(canonicalVersion(`1${".0".repeat(100_000)}x`)).toBeNull();
  });
});

describe("platform tags", () => {
  test.each([
    "any",
    "win32",
    "win_arm64",
    "manylinux1_i686",
    "manylinux2014_s390x",
    "manylinux_9_99_riscv64",
    "musllinux_1_2_ppc64le",
    "linux_armv6l",
    "linux_armv7l",
    "macosx_10_99_intel",
    "macosx_26_0_arm64",
    "ios_13_0_arm64_iphonesimulator",
    "android_24_armeabi_v7a",
    "pyemscripten_2025_0_wasm32",
  ])("%s is taken by the index", (tag) => expect(isAcceptedByIndex(tag)).toBe(true));

  test.each([
    "linux_x86_64",
    "linux_aarch64",
    "manylinux1_aarch64",
    "manylinux_2_36_loongarch64",
    "musllinux_1_2_ppc64",
    "macosx_11_2_arm64",
    "macosx_12_3_x86_64",
    "macosx_16_0_arm64",
    "macosx_25_0_arm64",
    "freebsd_14_0_amd64",
    "win_riscv64",
  ])("%s is not", (tag) => expect(isAcceptedByIndex(tag)).toBe(false));

  test("of old names promise the glibc of new ones", () => {
    const glibc = (tag: string): unknown => readPlatformTag(tag)?.since;
    expect(glibc("manylinux1_x86_64")).toBe("2.5");
    expect(glibc("manylinux2010_i686")).toBe("2.12");
    expect(glibc("manylinux2014_aarch64")).toBe("2.17");
    expect(glibc("manylinux_2_5_aarch64")).toBe("2.17");
    expect(glibc("manylinux_2_17_loongarch64")).toBe("2.36");
    expect(glibc("linux_x86_64")).toBeNull();
    expect(readPlatformTag("manylinux_x86_64")).toBeNull();
    expect(readPlatformTag("musllinux_x86_64")).toBeNull();
    expect(readPlatformTag("any")).toBeNull();
  });

  test("universal ones promise each of their processors", () => {
    expect(readPlatformTag("macosx_11_0_universal2")?.archs).toEqual(["x64", "arm64"]);
    expect(readPlatformTag("macosx_10_6_intel")?.archs).toEqual(["ia32", "x64"]);
  });
});

describe("what systems bring", () => {
  test("manylinux: by generation, and no Python", () => {
    expect(manylinuxHas("libexpat.so.1", "2.5")).toBe(false);
    expect(manylinuxHas("libexpat.so.1", "2.12")).toBe(true);
    expect(manylinuxHas("libmvec.so.1", "2.17")).toBe(false);
    expect(manylinuxHas("libmvec.so.1", "2.24")).toBe(true);
    expect(manylinuxHas("libpython3.13.so.1.0", "2.28")).toBe(false);
    expect(manylinuxHas("ld-linux-armhf.so.3", "2.17")).toBe(true);
  });

  test("musllinux: libc under both names, no runtime of GCC", () => {
    expect(musllinuxHas("libc.so")).toBe(true);
    expect(musllinuxHas("libc.musl-ppc64le.so.1")).toBe(true);
    expect(musllinuxHas("libstdc++.so.6")).toBe(false);
    expect(musllinuxHas("libgcc_s.so.1")).toBe(false);
  });

  test("C++ of each generation, the next one's where there is no policy", () => {
    expect(cxxCaps("2.17")).toMatchObject({ glibcxx: "3.4.19", cxxabi: "1.3.7" });
    expect(cxxCaps("2.25")).toMatchObject({ glibcxx: "3.4.22" });
    expect(cxxCaps("2.28")).toMatchObject({ glibcxx: "3.4.24" });
    expect(cxxCaps("2.36")).toMatchObject({ glibcxx: "3.4.30" });
    expect(cxxCaps("2.41")).toMatchObject({ glibcxx: "3.4.33" });
    expect(cxxCaps("2.99")).toMatchObject({ glibcxx: "3.4.33" });
  });

  test("Windows: its own libraries, not the compiler's", () => {
    expect(isWindowsLibrary("kernel32.dll")).toBe(true);
    expect(isWindowsLibrary("api-ms-win-core-synch-l1-2-0.dll")).toBe(true);
    expect(isWindowsLibrary("winspool.drv")).toBe(true);
    expect(isUniversalRuntime("api-ms-win-crt-heap-l1-1-0.dll")).toBe(true);
    for (const name of ["vcruntime140_1", "msvcp140", "msvcr120", "mfc140u", "vcomp140"]) {
      expect(isVisualRuntime(`${name}.dll`)).toBe(true);
      expect(isWindowsLibrary(`${name}.dll`)).toBe(false);
    }
    expect(isVisualRuntime("msvcrt.dll")).toBe(false);
  });
});

describe("RECORD", () => {
  test("is CSV: quotes, doubled quotes, every line ending", () => {
    expect(readRecord(bytes('"a,b",sha256=x,1\r\n"c""d",,\rplain,y,2\n\n'))).toEqual([
      { path: "a,b", hash: "sha256=x", size: "1", more: 0 },
      { path: 'c"d', hash: "", size: "", more: 0 },
      { path: "plain", hash: "y", size: "2", more: 0 },
    ]);
    expect(readRecord(bytes(""))).toEqual([]);
    expect(readRecord(bytes("last,,"))).toEqual([{ path: "last", hash: "", size: "", more: 0 }]);
  });

  test.each(["a,b", '"a,b,c', '"a"b,c,d'])("%s is none of its lines", (text) => {
    expect(readRecord(bytes(text))).toHaveProperty("wrong");
  });

  test("must be UTF-8", () => {
    expect(readRecord(new Uint8Array([0xff, 0x2c, 0x2c]))).toHaveProperty("wrong");
  });

  test("ends for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect(readRecord(any)).toBeDefined();
        expect(Array.isArray(entryPointFaults(any))).toBe(true);
        expect(readHeaderFields(any)).toBeInstanceOf(Map);
      }),
    );
  });
});

describe("headers", () => {
  test("end at the first empty line, and go on where a line is indented", () => {
    const fields = readHeaderFields(bytes("A: one\nB: x\r\n  y\nA: two\n\nC: text"));
    expect(fields.get("a")).toEqual(["one", "two"]);
    expect(headerField(fields, "b")).toBe("x\ny");
    expect(headerField(fields, "C")).toBeNull();
  });
});

describe("entry points", () => {
  test.each([
    "[console_scripts]\ndemo = demo.main:run",
    "[a.b]\n; remark\nx=y\nz = y:Class.method [one, two]",
    "[a]\nx =\n  demo:main\ny = demo",
    "",
  ])("%j is well-formed", (text) => expect(entryPointFaults(bytes(text))).toEqual([]));

  test.each([
    "x = y",
    "[a]\nnothing",
    "[a]\n= y",
    "[a]\nx = y\nx = z",
    "[a]\nx = y\n[a]\nz = y",
    "[a]\nx = y z",
  ])("%j is not", (text) => expect(entryPointFaults(bytes(text))).not.toEqual([]));
});

describe("file names", () => {
  test("have their parts", () => {
    expect(parseWheelName("My.Demo-1.0-3b-cp313.cp314-abi3-win32.win_amd64.whl")).toEqual({
      project: "My.Demo",
      version: "1.0",
      build: "3b",
      interpreters: ["cp313", "cp314"],
      abis: ["abi3"],
      platforms: ["win32", "win_amd64"],
    });
  });

  test("of proposed forms are refused by their names", () => {
    const found = (name: string): string => {
      const parsed = parseWheelName(name);
      return "found" in parsed ? parsed.found : "no fault";
    };
    expect(found("demo-1.0-py3-none-any-avx2.whl")).toMatch("PEP 825");
    expect(found("demo-1.0-1-cp313-abi3-manylinux_2_28_x86_64-avx2.whl")).toMatch("PEP 825");
    expect(found("demo-1.0-py3-none-any.whlx")).toMatch("PEP 777");
    expect(found("demo-1.0-any.whl")).toMatch("3 parts");
  });
});
