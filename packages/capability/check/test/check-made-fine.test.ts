import { describe, expect, test } from "@jest/globals";
import { checkMade } from "@multiarch/check";
import type { Facts } from "@multiarch/contracts";
import { factsWith, glibcFacts, macFacts, muslFacts, windowsFacts } from "./facts.ts";
import { type Case, request } from "./request.ts";

describe("nothing to say", () => {
  test.each<[string, Facts | null, Case]>([
    ["static under a short id", factsWith(), { builder: "go" }],
    ["static under gnu", factsWith(), { target: "linux-x64-gnu", builder: "cargo" }],
    ["static under musl", factsWith(), { target: "linux-x64-musl", builder: "cargo" }],
    ["glibc at the table's floor", glibcFacts("2.17"), { target: "linux-x64-gnu" }],
    ["glibc without versions", glibcFacts(null), { target: "linux-x64-gnu" }],
    [
      "a newer glibc that was allowed",
      glibcFacts("2.28"),
      { target: "linux-x64-gnu", glibc: "2.28" },
    ],
    ["2.9 is older than 2.17", glibcFacts("2.9"), { target: "linux-x64-gnu" }],
    ["glibc under a short id of another builder", glibcFacts("2.17"), { builder: "prebuilt" }],
    ["musl under a short id of another builder", muslFacts(), { builder: "prebuilt" }],
    [
      "riscv64 begins at 2.27, whatever the floor",
      glibcFacts("2.27", { arch: "riscv64" }),
      { target: "linux-riscv64-gnu", glibc: "2.17" },
    ],
    [
      "loong64 begins at 2.36",
      glibcFacts("2.36", { arch: "loong64" }),
      { target: "linux-loong64-gnu", glibc: "2.28" },
    ],
    [
      "an addon without libc",
      factsWith({ type: "library", static: false }),
      { target: "linux-x64-musl", kind: "addon", mode: "0644" },
    ],
    ["signed arm64", macFacts([{ arch: "arm64" }]), { target: "darwin-arm64" }],
    ["unsigned x64", macFacts([{ arch: "x64", signed: false }]), { target: "darwin-x64" }],
    ["both slices", macFacts([{ arch: "x64" }, { arch: "arm64" }]), { target: "darwin-universal" }],
    [
      "arm64 has no macOS before 11",
      macFacts([{ arch: "arm64", minos: "11.0" }]),
      { target: "darwin-arm64", platformFloor: "10.12" },
    ],
    [
      "Windows of either compiler",
      windowsFacts({ needed: ["kernel32.dll", "msvcrt.dll", "api-ms-win-crt-runtime-l1-1-0.dll"] }),
      { target: "windows-x64" },
    ],
    ["modes mean nothing on Windows", windowsFacts(), { target: "windows-x64", mode: "0644" }],
    [
      "WebAssembly under any",
      factsWith({ format: "wasm", os: "wasi", arch: "wasm32", type: "library", static: null }),
      { target: "any", kind: "library" },
    ],
    ["a wheel is not judged here", null, { kind: "wheel" }],
    [
      "soft float, but static, on ARM 7",
      factsWith({ arch: "arm", float: "soft", armVersion: 5 }),
      { target: "linux-armv7-musl", builder: "cargo" },
    ],
  ])("%s", (_name, facts, given) => {
    expect(checkMade(request(facts, given))).toEqual([]);
  });
});
