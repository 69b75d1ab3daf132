import { describe, expect, test } from "@jest/globals";
import { type ElfPlan, writeElf } from "../../../../test/support/write/elf.ts";
import { elfTable } from "./elf-table.ts";
import { factsOf } from "./read.ts";

describe("versions", () => {
  const dynamic = { interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6"] };
  elfTable([
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
