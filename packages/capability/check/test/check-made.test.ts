import { describe, expect, test } from "@jest/globals";
import { checkMade, madeRules } from "@multiarch/check";
import type { Facts } from "@multiarch/contracts";
import { factsWith, glibcFacts, macFacts, muslFacts, windowsFacts } from "./facts.ts";
import { type Case, request } from "./request.ts";

describe("findings", () => {
  test.each<[rule: string, name: string, Facts | null, Case, expected: string, found: string]>([
    [
      "made/os",
      "an ELF file under macOS",
      factsWith(),
      { target: "darwin-x64" },
      "darwin",
      "linux",
    ],
    [
      "made/os",
      "a program under any",
      windowsFacts(),
      { target: "any" },
      "nothing that is bound to a platform",
      "a windows x64 file",
    ],
    [
      "made/arch",
      "x64 under arm64",
      factsWith(),
      { target: "linux-arm64", builder: "go" },
      "arm64",
      "x64",
    ],
    [
      "made/arch",
      "a slice is missing",
      macFacts([{ arch: "arm64" }]),
      { target: "darwin-universal" },
      "x64 and arm64",
      "arm64",
    ],
    ["made/libc", "musl under gnu", muslFacts(), { target: "linux-x64-gnu" }, "glibc", "musl"],
    [
      "made/libc",
      "glibc under musl",
      glibcFacts("2.17"),
      { target: "linux-x64-musl" },
      "musl",
      "glibc",
    ],
    [
      "made/static",
      "Go with cgo",
      glibcFacts("2.4"),
      { builder: "go" },
      "a static program, which serves every libc",
      "one that needs /lib64/ld-linux-x86-64.so.2, libc.so.6",
    ],
    [
      "made/static",
      "cargo, dynamic musl",
      muslFacts(),
      { builder: "cargo" },
      "a static program, which serves every libc",
      "one that needs /lib/ld-musl-x86_64.so.1, libc.so",
    ],
    [
      "made/glibc-floor",
      "the runner's own glibc",
      glibcFacts("2.39"),
      { target: "linux-x64-gnu" },
      "at most glibc 2.17; set glibc for this target to allow a newer one",
      "glibc 2.39 is needed",
    ],
    [
      "made/glibc-floor",
      "DT_RELR",
      glibcFacts("2.36"),
      { target: "linux-x64-gnu", glibc: "2.28" },
      "at most glibc 2.28; set glibc for this target to allow a newer one",
      "glibc 2.36 is needed",
    ],
    [
      "made/glibc-floor",
      "under a short id too",
      glibcFacts("2.30"),
      { builder: "prebuilt" },
      "at most glibc 2.17; set glibc for this target to allow a newer one",
      "glibc 2.30 is needed",
    ],
    [
      "made/glibc-floor",
      "riscv64",
      glibcFacts("2.38", { arch: "riscv64" }),
      { target: "linux-riscv64-gnu", glibc: "2.17" },
      "at most glibc 2.27; set glibc for this target to allow a newer one",
      "glibc 2.38 is needed",
    ],
    [
      "made/kind",
      "a library where a program was asked",
      factsWith({ type: "library", static: false }),
      {},
      "a program",
      "a library",
    ],
    [
      "made/kind",
      "a program where an addon was asked",
      factsWith(),
      { kind: "addon" },
      "a library",
      "a program",
    ],
    [
      "made/kind",
      "an object",
      factsWith({ type: "object", static: null }),
      { kind: "library" },
      "a library",
      "an object",
    ],
    ["made/kind", "no native file", null, {}, "a native program", "no native file"],
    [
      "made/minos",
      "built for the build machine",
      macFacts([{ arch: "arm64", minos: "15.0" }]),
      { target: "darwin-arm64", platformFloor: "11.0" },
      "starts on macOS 11.0 (arm64)",
      "needs macOS 15.0",
    ],
    [
      "made/minos",
      "one slice of two",
      macFacts([{ arch: "x64", minos: "12.0" }, { arch: "arm64" }]),
      { target: "darwin-universal", platformFloor: "10.12" },
      "starts on macOS 10.12 (x64)",
      "needs macOS 12.0",
    ],
    [
      "made/signature",
      "arm64",
      macFacts([{ arch: "arm64", signed: false }]),
      { target: "darwin-arm64" },
      "a signed arm64 file",
      "no signature",
    ],
    [
      "made/signature",
      "the arm64 slice",
      macFacts([{ arch: "x64" }, { arch: "arm64", signed: false }]),
      { target: "darwin-universal" },
      "a signed arm64 file",
      "no signature",
    ],
    [
      "made/arm-version",
      "ARM 7 under 6",
      factsWith({ arch: "arm", armVersion: 7 }),
      { target: "linux-armv6-musl" },
      "at most 6",
      "7",
    ],
    [
      "made/float",
      "soft float under ARM 7",
      glibcFacts("2.4", { arch: "arm", armVersion: 7, float: "soft" }),
      { target: "linux-armv7-gnu" },
      "hard",
      "soft",
    ],
    ["made/mode", "the mode was lost", factsWith(), { mode: "0644" }, "mode 0755", "mode 0644"],
    ["made/mode", "not for everyone", factsWith(), { mode: "0700" }, "mode 0755", "mode 0700"],
    [
      "made/crt",
      "Microsoft's runtime",
      windowsFacts({ needed: ["kernel32.dll", "vcruntime140.dll", "msvcp140_1.dll"] }),
      { target: "windows-x64-msvc" },
      "a program that a plain Windows can load",
      "needs vcruntime140.dll, msvcp140_1.dll",
    ],
    [
      "made/crt",
      "MinGW's runtime",
      windowsFacts({ needed: ["libgcc_s_seh-1.dll", "libstdc++-6.dll"] }),
      { target: "windows-x64-gnu" },
      "a program that a plain Windows can load",
      "needs libgcc_s_seh-1.dll, libstdc++-6.dll",
    ],
  ])("%s: %s", (rule, _name, facts, given, expected, found) => {
    const level = rule === "made/crt" ? "warning" : "error";
    expect(checkMade(request(facts, given))).toEqual([
      { rule, level, file: "files/tool/tool", expected, found },
    ]);
  });

  test("the ids are a promise, and every rule says where it comes from", () => {
    const ids = madeRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      "made/os",
      "made/arch",
      "made/libc",
      "made/arm-version",
      "made/float",
      "made/static",
      "made/kind",
      "made/glibc-floor",
      "made/minos",
      "made/signature",
      "made/crt",
      "made/mode",
    ]);
    for (const { source } of madeRules) expect(source.length).toBeGreaterThan(20);
  });
});
