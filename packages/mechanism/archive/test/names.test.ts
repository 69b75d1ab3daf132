import { posix, win32 } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { NameLedger } from "../src/name-ledger.ts";
import { checkEntryName, compareNames, quoteName } from "../src/names.ts";

describe("checkEntryName", () => {
  test.each([
    "a",
    "bin/tool.exe",
    ".hidden/..double/a..b/...x",
    "package/@scope/name",
    "café/naïve 日本.txt",
    "console/auxiliary/com10/lpt/conan.txt",
    `${"d/".repeat(31)}leaf`,
    "x".repeat(255),
    "tool-1.0.0+build.data/scripts/tool",
  ])("accepts %j", (name) => {
    expect(checkEntryName(name)).toBeNull();
  });

  test.each([
    ["", "it is empty"],
    ["/etc/passwd", "it is absolute"],
    ["//server/share", "it is a network path"],
    ["\\\\server\\share", "it is a network path"],
    ["C:/windows", "it has a drive letter"],
    ["c:file", "it has a drive letter"],
    ["a\\..\\b", "it has a backslash"],
    ["file:stream", "it has a colon"],
    ["a\0b", "it has a control character"],
    ["a\nb", "it has a control character"],
    ["a\u0085b", "it has a control character"],
    ["a\u007f", "it has a control character"],
    ["a\ud800b", "it is not valid Unicode"],
    ["what?", 'it has one of < > " | ? *'],
    ["a//b", "it has an empty part"],
    ["a/", "it has an empty part"],
    ["./a", 'it has the part "."'],
    ["a/.", 'it has the part "."'],
    ["..", 'it has the part ".."'],
    ["a/../b", 'it has the part ".."'],
    ["a./b", "a part of it ends in a dot or a space"],
    ["a /b", "a part of it ends in a dot or a space"],
    ["a/...", "a part of it ends in a dot or a space"],
    ["CON", "a part of it is a device on Windows"],
    ["a/nul.txt", "a part of it is a device on Windows"],
    ["com1", "a part of it is a device on Windows"],
    ["LPT9.tar.gz/x", "a part of it is a device on Windows"],
    ["com².x", "a part of it is a device on Windows"],
    ["aux .c", "a part of it is a device on Windows"],
    ["CONIN$", "a part of it is a device on Windows"],
    [`${"d/".repeat(32)}leaf`, "it is more than 32 folders deep"],
    ["x".repeat(256), "it is over 255 bytes long"],
    ["é".repeat(128), "it is over 255 bytes long"],
  ])("refuses %j", (name, reason) => {
    expect(checkEntryName(name)).toBe(reason);
  });

  test("what it accepts stays inside a folder, on every system", () => {
    const piece = fc.constantFrom("..", ".", "/", "\\", ":", "a", "C:", " ", "\0", "é", "?", "nul");
    const name = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(name, (candidate) => {
        fc.pre(checkEntryName(candidate) === null);
        for (const [path, root] of [
          [posix, "/root/folder"],
          [win32, "D:\\root\\folder"],
        ] as const) {
          const joined = path.resolve(root, candidate);
          expect(path.relative(root, joined).split(path.sep).join("/")).toBe(candidate);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("NameLedger", () => {
  test.each([
    [["a", "a"], '"a" is there twice'],
    [["README", "readme"], '"readme" and "README" are one file on some systems'],
    [["caf\u00e9", "cafe\u0301"], "are one file on some systems"],
    [["straße", "STRASSE"], "are one file on some systems"],
    [["a\u200db", "ab"], "are one file on some systems"],
    [["a", "a/b"], '"a" is both a file and a folder'],
    [["a/b", "a"], '"a" is both a file and a folder'],
    [["Bin/x", "bin/y"], '"bin" and "Bin" are one file on some systems'],
    [["a/B/x", "a/b"], '"a/b" and "a/B" are one file on some systems'],
  ])("refuses %j", (names, message) => {
    const ledger = new NameLedger();
    const results = names.map((name) => ledger.add(name, "file"));
    expect(results.slice(0, -1)).toEqual(names.slice(0, -1).map(() => null));
    expect(results.at(-1)?.text).toContain(message);
  });

  test("accepts a folder's own entry before and after its files, but only once", () => {
    const ledger = new NameLedger();
    expect(ledger.add("a/b/file", "file")).toBeNull();
    expect(ledger.add("a/b", "folder")).toBeNull();
    expect(ledger.add("c", "folder")).toBeNull();
    expect(ledger.add("c/file", "file")).toBeNull();
    expect(ledger.add("a/b", "folder")?.text).toContain("is there twice");
    expect(ledger.add("A", "folder")?.text).toContain("are one file");
  });
});

test("names are ordered by their UTF-8 bytes", () => {
  const names = ["a/b", "a.b", "a", "Z", "\u{1f600}", "\uffee", "é"];
  expect(names.toSorted(compareNames)).toEqual([
    "Z",
    "a",
    "a.b",
    "a/b",
    "é",
    "\uffee",
    "\u{1f600}",
  ]);
});

test("a hostile name in a message cannot begin a line or hide", () => {
  const quoted = quoteName(`a\n::error::x\u001b[31m\u202e\u2028${"y".repeat(500)}`);
  expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  expect(quoted.length).toBeLessThan(200);
});
