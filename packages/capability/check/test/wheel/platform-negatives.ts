import { parseTarget } from "@multiarch/targets";
import {
  dll,
  factsWith,
  glibcFacts,
  glibcLibrary,
  macho,
  muslFacts,
  windowsFacts,
} from "./natives.ts";
import { unseen as differs, type Negative } from "./negative.ts";
import { wheel } from "./recipe.ts";

const script = "demo-1.0.data/scripts/demo";
const library = "demo/_demo.so";

/** Native files that are not what the tags promise. */
export const platformNegatives: readonly Negative[] = [
  { rule: "wheel/os", recipe: wheel({ natives: { [script]: windowsFacts() } }), differs },
  {
    rule: "wheel/os",
    recipe: wheel({
      tag: "py3-none-win_amd64",
      natives: {
        "demo/one.dll": dll(),
        "demo/libone.dylib": macho([{ arch: "x64" }, { arch: "arm64" }]),
      },
    }),
    differs,
  },
  {
    rule: "wheel/os",
    recipe: wheel({ natives: { [script]: factsWith({ os: "freebsd" }) } }),
    differs,
  },
  {
    rule: "wheel/arch",
    recipe: wheel({ natives: { [script]: factsWith({ arch: "arm64" }) } }),
    differs,
  },
  {
    rule: "wheel/arch",
    recipe: wheel({
      tag: "py3-none-win_arm64",
      natives: { "demo/swig.exe": windowsFacts({ arch: "x64" }) },
    }),
    differs,
  },
  {
    rule: "wheel/arch",
    recipe: wheel({
      tag: "py3-none-manylinux2014_aarch64",
      natives: {
        [script]: glibcFacts("2.17", { arch: "arm64", interp: "/lib64/ld-linux-x86-64.so.2" }),
      },
    }),
    differs,
  },
  {
    rule: "wheel/arch",
    recipe: wheel({
      tag: "py3-none-win_arm64",
      natives: {
        "demo/dart.exe": windowsFacts({ arch: "arm64", needed: ["kernel32.dll"] }),
        "demo/sass.snapshot": factsWith({ type: "library", static: null }),
      },
    }),
    differs,
  },
  {
    rule: "wheel/slice",
    recipe: wheel({
      tag: "py3-none-macosx_11_0_universal2",
      natives: { "demo/demo.dylib": macho([{ arch: "arm64" }]) },
    }),
    differs,
  },
  {
    rule: "wheel/slice",
    recipe: wheel({
      tag: "py3-none-macosx_10_9_intel",
      natives: { "demo/demo.dylib": macho([{ arch: "x64", minos: "10.9" }]) },
    }),
    differs,
  },
  {
    rule: "wheel/slice",
    recipe: wheel({ tag: "py3-none-win32.win_amd64", natives: { "demo/demo.dll": dll() } }),
    differs,
  },
  {
    rule: "wheel/thin",
    recipe: wheel({
      tag: "py3-none-macosx_11_0_universal2",
      natives: {
        "demo/one.so": macho([
          { arch: "arm64", needed: ["@loader_path/libtwo.dylib"] },
          { arch: "x64", needed: ["@loader_path/libtwo.dylib"] },
        ]),
        "demo/libtwo.dylib": macho([{ arch: "x64" }]),
      },
    }),
  },
  {
    rule: "wheel/simulator",
    recipe: wheel({
      tag: "cp313-cp313-ios_13_0_arm64_iphoneos",
      natives: {
        [library]: macho([{ arch: "arm64", platform: "iossimulator", minos: "13.0" }], {
          os: "ios",
        }),
      },
    }),
    differs,
  },
  { rule: "wheel/empty", recipe: wheel() },
  {
    rule: "wheel/any",
    recipe: wheel({ tag: "py3-none-any", natives: { [library]: glibcLibrary("2.17") } }),
  },
  {
    rule: "wheel/purelib",
    recipe: wheel({
      natives: { [library]: glibcLibrary("2.17") },
      wheel: (lines) => lines.map((line) => line.replace("Purelib: false", "Purelib: true")),
    }),
  },
  {
    rule: "wheel/data-purelib",
    recipe: wheel({ natives: { "demo-1.0.data/purelib/demo/_demo.so": glibcLibrary("2.17") } }),
  },
  {
    rule: "wheel/damaged",
    recipe: wheel({ files: [{ path: library, text: "\x7fELF", damage: "it ends in its header" }] }),
  },
  { rule: "wheel/libc", recipe: wheel({ natives: { [script]: muslFacts() } }), differs },
  {
    rule: "wheel/libc",
    recipe: wheel({
      tag: "py3-none-manylinux_2_31_riscv64.musllinux_1_1_riscv64",
      natives: { [script]: muslFacts({ arch: "riscv64", interp: "/lib/ld-musl-riscv64.so.1" }) },
    }),
    differs,
  },
  {
    rule: "wheel/libc",
    recipe: wheel({
      tag: "py3-none-musllinux_1_2_x86_64",
      natives: { [script]: glibcFacts("2.17") },
    }),
    also: ["wheel/libraries"],
    differs,
  },
  { rule: "wheel/glibc", recipe: wheel({ natives: { [library]: glibcLibrary("2.28") } }), differs },
  {
    rule: "wheel/glibc",
    recipe: wheel({
      tag: "py3-none-manylinux_2_34_aarch64",
      natives: {
        "demo/libs/libgcc_s.so.1": glibcLibrary("2.35", { arch: "arm64", soname: "libgcc_s.so.1" }),
      },
    }),
    differs,
  },
  {
    rule: "wheel/glibc-tolerated",
    recipe: wheel({
      tag: "py3-none-manylinux2014_aarch64",
      natives: { [library]: glibcLibrary("2.18", { arch: "arm64" }) },
    }),
  },
  {
    rule: "wheel/cxx",
    recipe: wheel({
      natives: {
        [library]: glibcLibrary("2.17", { needed: ["libstdc++.so.6"], glibcxxMin: "3.4.29" }),
      },
    }),
  },
  {
    rule: "wheel/float",
    recipe: wheel({
      tag: "py3-none-manylinux_2_31_armv7l",
      natives: { [library]: glibcLibrary("2.17", { arch: "arm", float: "soft" }) },
    }),
    differs,
  },
  {
    rule: "wheel/float-static",
    recipe: wheel({
      tag: "py3-none-manylinux2014_armv7l.manylinux_2_17_armv7l.musllinux_1_2_armv7l",
      natives: { [script]: factsWith({ arch: "arm", float: "soft" }) },
    }),
  },
  {
    rule: "wheel/arm-version",
    recipe: wheel({
      tag: "py3-none-linux_armv6l",
      natives: { [script]: factsWith({ arch: "arm", armVersion: 7, float: "hard" }) },
    }),
  },
  {
    rule: "wheel/cpu-level",
    recipe: wheel({ natives: { [script]: factsWith({ cpuLevel: "x86-64-v3" }) } }),
  },
  {
    rule: "wheel/minos",
    recipe: wheel({
      tag: "py3-none-macosx_10_12_x86_64",
      natives: { [script]: macho([{ arch: "x64", minos: "12.0" }], { type: "executable" }) },
    }),
    differs,
  },
  {
    rule: "wheel/minos",
    recipe: wheel({
      tag: "py3-none-macosx_10_6_x86_64",
      natives: { [library]: macho([{ arch: "x64", minos: "10.8" }]) },
    }),
    differs,
  },
  {
    rule: "wheel/minos",
    recipe: wheel({
      tag: "py3-none-macosx_10_9_universal2",
      natives: {
        [library]: macho([
          { arch: "x64", minos: "10.9" },
          { arch: "arm64", minos: "15.0" },
        ]),
      },
    }),
    differs,
  },
  {
    rule: "wheel/minos-minor",
    recipe: wheel({
      tag: "py3-none-macosx_13_0_x86_64",
      natives: { [library]: macho([{ arch: "x64", minos: "13.5" }]) },
    }),
  },
  {
    rule: "wheel/signature",
    recipe: wheel({
      tag: "py3-none-macosx_11_0_arm64",
      natives: { [library]: macho([{ arch: "arm64", signed: false }]) },
    }),
  },
  {
    rule: "wheel/libraries",
    recipe: wheel({ natives: { [library]: glibcLibrary("2.17", { needed: ["libtorch.so"] }) } }),
  },
  {
    rule: "wheel/dll",
    recipe: wheel({
      tag: "py3-none-win_amd64",
      natives: { "demo/demo.dll": dll({ needed: ["libgcc_s_seh-1.dll"] }) },
    }),
  },
  {
    rule: "wheel/vc-runtime",
    recipe: wheel({
      tag: "py3-none-win_amd64",
      natives: { "demo-1.0.data/scripts/demo.exe": windowsFacts({ needed: ["vcruntime140.dll"] }) },
    }),
  },
  {
    rule: "wheel/vc-runtime",
    recipe: wheel({
      tag: "cp313-cp313-win32",
      natives: { "demo/_demo.pyd": dll({ arch: "ia32", needed: ["msvcp140.dll"] }) },
    }),
  },
  {
    rule: "wheel/universal-runtime",
    recipe: wheel({
      tag: "py3-none-win_amd64",
      natives: {
        "demo-1.0.data/scripts/demo.exe": windowsFacts({
          needed: ["api-ms-win-crt-heap-l1-1-0.dll"],
        }),
      },
    }),
  },
  {
    rule: "wheel/target",
    recipe: wheel({ natives: { [script]: factsWith() } }),
    options: { target: parseTarget("linux-x64-musl") },
    differs: "nobody asked Python's tools for a target",
  },
  {
    rule: "wheel/glibc-asked",
    recipe: wheel({
      tag: "py3-none-manylinux_2_28_x86_64",
      natives: { [library]: glibcLibrary("2.28") },
    }),
    options: { glibc: "2.17" },
    differs: "nobody asked Python's tools for a glibc",
  },
];
