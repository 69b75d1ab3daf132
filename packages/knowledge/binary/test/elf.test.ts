import { describe, expect, test } from "@jest/globals";
import type { Facts } from "@multiarch/contracts";
import { factsOf } from "./read.ts";
import { ByteWriter } from "./write/bytes.ts";
import { type ElfPlan, writeElf } from "./write/elf.ts";

type Expected = Partial<Facts>;
const table = (rows: [name: string, plan: ElfPlan, expected: Expected][]): void => {
  test.each(rows)("%s", async (_name, plan, expected) => {
    expect(await factsOf(writeElf(plan))).toMatchObject(expected);
  });
};
const empty = new Uint8Array(0);

describe("architectures", () => {
  const row = (
    arch: Facts["arch"],
    machine: number,
    bits: 32 | 64,
    little: boolean,
    flags = 0,
  ): [string, ElfPlan, Expected] => [
    `${arch ?? "none"} from machine ${machine}, ${bits} bits, ${little ? "little" : "big"}, flags ${flags}`,
    { machine, bits, little, flags },
    { arch, bits, endian: little ? "little" : "big" },
  ];
  table([
    row("x64", 62, 64, true),
    row("ia32", 3, 32, true),
    row("arm64", 183, 64, true),
    row("arm", 40, 32, true),
    row("riscv64", 243, 64, true),
    row("ppc64", 21, 64, false),
    row("ppc64le", 21, 64, true),
    row("s390x", 22, 64, false),
    row("loong64", 258, 64, true),
    row("mips", 8, 32, false),
    row("mipsel", 8, 32, true),
    row("mips64", 8, 64, false),
    row("mips64el", 8, 64, true),
    // 32-bit ABIs of 64-bit processors, and processors that are none of ours.
    row(null, 62, 32, true),
    row(null, 8, 32, true, 0x20),
    row(null, 43, 64, false),
  ]);
});

describe("system and C library", () => {
  table([
    [
      "glibc by interpreter",
      { interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libz.so.1"] },
      { os: "linux", libc: "glibc", static: false, interp: "/lib64/ld-linux-x86-64.so.2" },
    ],
    ["glibc of s390x", { interpreter: "/lib/ld64.so.1" }, { os: "linux", libc: "glibc" }],
    [
      "glibc of a store path",
      { interpreter: "/nix/store/abc-glibc/lib/ld-linux-x86-64.so.2" },
      { libc: "glibc" },
    ],
    [
      "musl by interpreter",
      { interpreter: "/lib/ld-musl-riscv64.so.1", needed: ["libc.so"] },
      { os: "linux", libc: "musl" },
    ],
    [
      "bionic by interpreter",
      { interpreter: "/system/bin/linker64" },
      { os: "android", libc: "bionic" },
    ],
    [
      "freebsd by interpreter",
      { interpreter: "/libexec/ld-elf.so.1" },
      { os: "freebsd", libc: "freebsd" },
    ],
    [
      "netbsd by interpreter",
      { interpreter: "/usr/libexec/ld.elf_so" },
      { os: "netbsd", libc: "netbsd" },
    ],
    [
      "openbsd by interpreter",
      { interpreter: "/usr/libexec/ld.so" },
      { os: "openbsd", libc: "openbsd" },
    ],
    ["solaris by interpreter", { interpreter: "/lib/64/ld.so.1" }, { os: "sunos", libc: null }],
    [
      "glibc library by what it needs",
      { type: 3, needed: ["libm.so.6", "libc.so.6"] },
      { type: "library", libc: "glibc", static: false },
    ],
    [
      "glibc library by its versions alone",
      { type: 3, needed: ["libm.so.6"], versions: { "libm.so.6": ["GLIBC_2.29"] } },
      { libc: "glibc", glibcMin: "2.29" },
    ],
    [
      "musl library by Alpine's name",
      { type: 3, needed: ["libc.musl-x86_64.so.1"] },
      { libc: "musl" },
    ],
    [
      "musl library by its bare name",
      { type: 3, needed: ["libc.so"] },
      { os: "linux", libc: "musl" },
    ],
    [
      "bionic by its version node",
      { type: 3, needed: ["libc.so"], versions: { "libc.so": ["LIBC"] } },
      { os: "android", libc: "bionic" },
    ],
    [
      "bionic by note",
      {
        type: 3,
        needed: ["libc.so"],
        notes: [{ name: "Android", type: 1, content: Uint8Array.of(24, 0, 0, 0) }],
      },
      { os: "android", libc: "bionic" },
    ],
    ["freebsd by OS ABI", { osabi: 9 }, { os: "freebsd", libc: null }],
    [
      "freebsd by note only",
      { notes: [{ name: "FreeBSD", type: 1, content: Uint8Array.of(1, 2, 3, 4) }] },
      { os: "freebsd" },
    ],
    [
      "freebsd by its libc only",
      { type: 3, needed: ["libc.so.7"] },
      { os: "freebsd", libc: "freebsd" },
    ],
    [
      "openbsd by note",
      {
        type: 3,
        needed: ["libc.so.97.0"],
        notes: [{ name: "OpenBSD", type: 1, content: Uint8Array.of(0, 0, 0, 0) }],
      },
      { os: "openbsd", libc: "openbsd" },
    ],
    [
      "openharmony by a note that is not padded",
      {
        type: 3,
        needed: ["libc.so"],
        notes: [{ name: "OHOS", type: 1, content: Uint8Array.of(1, 0, 0, 0), unpadded: true }],
      },
      { os: "openharmony", libc: "musl" },
    ],
    ["no sign at all is Linux", {}, { os: "linux", libc: null }],
    [
      "the GNU OS ABI decides nothing",
      { osabi: 3, needed: ["libc.so.6"] },
      { os: "linux", libc: "glibc" },
    ],
  ]);
});

describe("program, library, static", () => {
  table([
    ["static program", { type: 2 }, { type: "executable", static: true }],
    [
      "static position-independent program, marked",
      { type: 3, pie: true },
      { type: "executable", static: true },
    ],
    [
      "static position-independent program, by its debug entry",
      { type: 3, debugTag: true },
      { type: "executable", static: true },
    ],
    [
      "static position-independent program, by its entry point",
      { type: 3, entry: 4096 },
      { type: "executable", static: true },
    ],
    [
      "library that needs nothing is not static",
      { type: 3, soname: "libdata.so.1" },
      { type: "library", static: false },
    ],
    [
      "library with an entry point of an old linker",
      { type: 3, entry: 4096, soname: "libold.so" },
      { type: "library" },
    ],
    [
      "library that can be started",
      { type: 3, entry: 4096, soname: "libc.so.6", interpreter: "/lib64/ld-linux-x86-64.so.2" },
      { type: "library", static: false },
    ],
    [
      "position-independent program",
      { type: 3, interpreter: "/lib64/ld-linux-x86-64.so.2" },
      { type: "executable", static: false },
    ],
    [
      "program without interpreter that needs a library",
      { type: 2, needed: ["libc.so.6"] },
      { type: "executable", static: false },
    ],
    ["object", { type: 1 }, { type: "object", static: null }],
    [
      "interpreter of a debug file is garbage",
      { interpreter: "\x7fELF\x02\x01" },
      { interp: null },
    ],
  ]);
});

describe("versions", () => {
  const dynamic = { interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6"] };
  table([
    [
      "highest, by number",
      { ...dynamic, versions: { "libc.so.6": ["GLIBC_2.9", "GLIBC_2.17", "GLIBC_2.2.5"] } },
      { glibcMin: "2.17" },
    ],
    [
      "over several libraries",
      { ...dynamic, versions: { "libm.so.6": ["GLIBC_2.29"], "libc.so.6": ["GLIBC_2.17"] } },
      { glibcMin: "2.29" },
    ],
    [
      "without the loader's",
      {
        ...dynamic,
        versions: {
          "ld-linux-x86-64.so.2": ["GLIBC_2.35"],
          "ld64.so.2": ["GLIBC_2.34"],
          "libc.so.6": ["GLIBC_2.4"],
        },
      },
      { glibcMin: "2.4" },
    ],
    [
      "without those of libgcc_s, which musl modules have too",
      { type: 3, needed: ["libc.musl-aarch64.so.1"], versions: { "libgcc_s.so.1": ["GLIBC_2.0"] } },
      { libc: "musl", glibcMin: null },
    ],
    [
      "private ones do not count",
      { ...dynamic, versions: { "libc.so.6": ["GLIBC_PRIVATE", "GLIBC_2.5"] } },
      { glibcMin: "2.5" },
    ],
    [
      "the mark of DT_RELR",
      { ...dynamic, versions: { "libc.so.6": ["GLIBC_2.4", "GLIBC_ABI_DT_RELR"] } },
      { glibcMin: "2.36" },
    ],
    [
      "DT_RELR without a mark",
      { ...dynamic, relr: true, versions: { "libc.so.6": ["GLIBC_2.4"] } },
      { glibcMin: "2.36" },
    ],
    [
      "DT_RELR and newer",
      { ...dynamic, relr: true, versions: { "libc.so.6": ["GLIBC_2.39"] } },
      { glibcMin: "2.39" },
    ],
    [
      "DT_RELR of musl",
      { type: 3, relr: true, needed: ["libc.so"] },
      { libc: "musl", glibcMin: null },
    ],
    [
      "C++",
      {
        ...dynamic,
        versions: {
          "libstdc++.so.6": [
            "GLIBCXX_3.4.9",
            "GLIBCXX_3.4.21",
            "CXXABI_1.3.11",
            "CXXABI_TM_1",
            "CXXABI_1.3",
          ],
        },
      },
      { glibcxxMin: "3.4.21", cxxabiMin: "1.3.11", glibcMin: null },
    ],
  ]);
  test.each([
    [32, true],
    [32, false],
    [64, false],
  ] as const)("in %d bits, little-endian: %s", async (bits, little) => {
    const plan: ElfPlan = {
      ...dynamic,
      bits,
      little,
      machine: 21,
      soname: "a.so",
      versions: { "libc.so.6": ["GLIBC_2.17"] },
    };
    expect(await factsOf(writeElf(plan))).toMatchObject({
      glibcMin: "2.17",
      needed: ["libc.so.6"],
      soname: "a.so",
    });
  });
});

test("folders of both search paths", async () => {
  const bytes = writeElf({
    type: 3,
    soname: "liba.so",
    rpath: "/opt/a:/opt/b",
    runpath: "$ORIGIN/../lib",
  });
  expect(await factsOf(bytes)).toMatchObject({
    soname: "liba.so",
    rpath: ["/opt/a", "/opt/b", "$ORIGIN/../lib"],
  });
});

describe("stripped", () => {
  const symbols = { name: ".symtab", type: 2, content: new Uint8Array(24) };
  table([
    ["with a symbol table", { sections: [symbols] }, { stripped: false }],
    ["without", { sections: [] }, { stripped: true }],
    ["unknown without section headers", { sections: null }, { stripped: null }],
  ]);
});

describe("ARM", () => {
  const attributes = (...tags: number[]) => {
    const content = new ByteWriter()
      .text("A")
      .u32(4 + 6 + 5 + tags.length)
      .text("aeabi\0");
    content
      .u8(1)
      .u32(5 + tags.length)
      .u8(...tags);
    return [{ name: ".ARM.attributes", type: 0x70000003, content: content.done() }];
  };
  const arm = { machine: 40, bits: 32 } as const;
  table([
    [
      "hard float by flags",
      { ...arm, flags: 0x5000400 },
      { arch: "arm", float: "hard", armVersion: null },
    ],
    ["soft float by flags", { ...arm, flags: 0x5000200 }, { float: "soft" }],
    ["neither", { ...arm, flags: 0x5000000 }, { float: null }],
    [
      "hard float by attribute",
      { ...arm, sections: attributes(6, 10, 28, 1) },
      { armVersion: 7, float: "hard" },
    ],
    [
      "hard float by loader",
      { ...arm, interpreter: "/lib/ld-linux-armhf.so.3" },
      { float: "hard" },
    ],
    ["soft float by loader", { ...arm, interpreter: "/lib/ld-musl-arm.so.1" }, { float: "soft" }],
    [
      "version 6 behind a CPU name",
      { ...arm, sections: attributes(5, 0x36, 0, 6, 6) },
      { armVersion: 6 },
    ],
    ["version 5", { ...arm, sections: attributes(6, 4) }, { armVersion: 5 }],
    ["version 8 counts as 7", { ...arm, sections: attributes(6, 14) }, { armVersion: 7 }],
    [
      "attributes that cannot be read",
      {
        ...arm,
        sections: [
          { name: ".ARM.attributes", type: 0x70000003, content: Uint8Array.of(0x41, 255, 255) },
        ],
      },
      { armVersion: null },
    ],
  ]);
});

describe("what Go says of itself", () => {
  const info = (settings: string) => {
    const version = "go1.26.1";
    const modules = `${"\x30".repeat(16)}path\tx\n${settings}\n${"\x31".repeat(16)}`;
    const content = new ByteWriter().text("\xff Go buildinf:").u8(8, 2).padTo(32);
    content.u8(version.length).text(version);
    content.u8((modules.length % 128) | 128, Math.floor(modules.length / 128)).text(modules);
    return [{ name: ".go.buildinfo", type: 1, content: content.done() }];
  };
  table([
    [
      "ARM version",
      { machine: 40, bits: 32, sections: info("build\tGOARM=6\n") },
      { armVersion: 6, float: null },
    ],
    [
      "ARM version with its float mode",
      { machine: 40, bits: 32, sections: info("build\tGOARM=7,softfloat\n") },
      { armVersion: 7 },
    ],
    [
      "processor level",
      { sections: info("build\tGOARCH=amd64\nbuild\tGOAMD64=v3\n") },
      { cpuLevel: "x86-64-v3" },
    ],
    ["nothing", { sections: info("build\t-compiler=gc") }, { cpuLevel: null }],
    [
      "cut off",
      {
        sections: [
          {
            name: ".go.buildinfo",
            type: 1,
            content: new ByteWriter().text("\xff Go buildinf:").u8(8, 2).done(),
          },
        ],
      },
      { cpuLevel: null },
    ],
  ]);
});

describe("processor level by note", () => {
  const property = (...levels: number[]) => {
    const content = new ByteWriter().u32(0xc0000002).u32(4).u32(3).u32(0);
    for (const level of levels) content.u32(0xc0008002).u32(4).u32(level).u32(0);
    return [{ name: "GNU", type: 5, content: content.done() }];
  };
  table([
    ["v1", { notes: property(1), noteAlign: 8 }, { cpuLevel: "x86-64-v1" }],
    ["v3", { notes: property(0b111), noteAlign: 8 }, { cpuLevel: "x86-64-v3" }],
    ["v4", { notes: property(0b1000), noteAlign: 8 }, { cpuLevel: "x86-64-v4" }],
    ["none", { notes: property(), noteAlign: 8 }, { cpuLevel: null }],
    [
      "of another processor",
      { machine: 183, notes: property(1), noteAlign: 8 },
      { cpuLevel: null },
    ],
  ]);
});

test("objects without program headers", async () => {
  const bytes = writeElf({ type: 1, sections: [{ name: ".text", type: 1, content: empty }] });
  new DataView(bytes.buffer).setUint16(56, 0, true);
  expect(await factsOf(bytes)).toMatchObject({ type: "object", arch: "x64" });
});
