import { expect, test } from "@jest/globals";
import { factsWith } from "../../../../test/support/facts.ts";
import { factsInWords, fileInWords, type ReportFile, tallyInWords } from "../src/index.ts";

const slice = (arch: "x64" | "arm64") => ({
  arch,
  minos: "11.0",
  sdk: null,
  platform: "macos",
  signed: true,
  needed: [],
});

test.each([
  [{ libc: "glibc", static: false, glibcMin: "2.28" }, "Linux x64, needs glibc 2.28"],
  [{ libc: "glibc", static: false, glibcMin: null }, "Linux x64, glibc"],
  [{ libc: "musl", static: false, arch: "arm64" }, "Linux arm64, musl"],
  [{ libc: null, static: true }, "Linux x64, static"],
  [{ os: "windows", format: "pe", static: false, arch: "arm64ec" }, "Windows arm64ec"],
  [
    { os: "darwin", format: "macho", static: false, minos: "11.0", signed: true },
    "macOS x64, from 11.0",
  ],
  [{ os: "darwin", format: "macho", static: false, signed: false }, "macOS x64, unsigned"],
  [
    {
      os: "darwin",
      format: "macho",
      static: false,
      arch: null,
      slices: [slice("x64"), slice("arm64")],
    },
    "macOS x64+arm64",
  ],
  [{ os: null, static: null, arch: "wasm32", format: "wasm" }, "WebAssembly"],
  [{ os: "wasi", static: null, arch: "wasm32", format: "wasm" }, "WebAssembly for WASI"],
  [{ os: "freebsd", libc: "freebsd", static: false }, "FreeBSD x64"],
] as const)("facts in words: %#", (facts, words) => {
  expect(factsInWords(factsWith({ ...facts } as Parameters<typeof factsWith>[0]))).toBe(words);
});

const file = (more: Partial<ReportFile>): ReportFile => ({
  path: "x",
  sha256: "",
  kind: "wheel",
  facts: null,
  checks: [],
  ...more,
});
const member = (path: string, arch: "x64" | "arm64" | "ia32" | "arm" | "riscv64") => ({
  path,
  mode: "0755",
  facts: factsWith({ arch, static: true, libc: null }),
});

test("a package in words: what it says it is, and what is in it", () => {
  const declared = { name: "tool", version: "1.0" };
  expect(fileInWords(file({ declared, members: [] }))).toBe("wheel tool 1.0: no native files");
  expect(fileInWords(file({ members: [member("a", "x64")] }))).toBe("wheel: Linux x64, static");
  const two = [member("a", "x64"), member("b", "x64")];
  expect(fileInWords(file({ members: two }))).toBe("wheel: 2 native files, Linux x64, static");
  const many = (["x64", "arm64", "ia32", "arm", "riscv64"] as const).map((arch) =>
    member(arch, arch),
  );
  expect(fileInWords(file({ members: many }))).toMatch(
    /^wheel: 5 native files, Linux x64, static; .*; and 2 more$/,
  );
  expect(fileInWords(file({ kind: "folder" }))).toBe("release folder");
  expect(fileInWords(file({ kind: "other" }))).toBe("other");
});

test("a count in words", () => {
  const none = { files: 1, error: 0, warning: 0, note: 0, excluded: 0 };
  expect(tallyInWords(none)).toBe("1 file: 0 errors, 0 warnings");
  expect(tallyInWords({ files: 3, error: 1, warning: 2, note: 1, excluded: 4 })).toBe(
    "3 files: 1 error, 2 warnings, 1 note, 4 excluded",
  );
});
