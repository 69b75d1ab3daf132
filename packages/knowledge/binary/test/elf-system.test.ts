import { describe } from "@jest/globals";
import { elfTable } from "./elf-table.ts";

describe("system and C library", () => {
  elfTable([
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
    [
      "bionic by a library beside it that only Android has",
      { type: 3, needed: ["liblog.so", "libc.so"] },
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
