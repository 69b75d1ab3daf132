import { describe, expect, test } from "@jest/globals";
import { checkAcross, type DeliveredFile } from "@multiarch/check";
import fc from "fast-check";
import { factsWith, glibcFacts, macFacts, windowsFacts } from "./facts.ts";

const file = (given: Partial<DeliveredFile> & { target: string }): DeliveredFile => ({
  row: given.target,
  package: "tool",
  path: `/legs/${given.target}/files/tool/tool`,
  sha256: "a".repeat(64),
  facts: factsWith(),
  ...given,
});
const other = "b".repeat(64);

describe("nothing to say", () => {
  test.each<[string, DeliveredFile[]]>([
    [
      "one program on two platforms",
      [
        file({ target: "linux-x64" }),
        file({ target: "linux-arm64", sha256: other, facts: factsWith({ arch: "arm64" }) }),
      ],
    ],
    [
      "a static program under both libcs",
      [file({ target: "linux-x64-gnu" }), file({ target: "linux-x64-musl" })],
    ],
    [
      "one Windows program under both ABIs",
      [
        file({ target: "windows-x64-msvc", facts: windowsFacts() }),
        file({ target: "windows-x64-gnu", facts: windowsFacts() }),
      ],
    ],
    [
      "a fat program under all targets of macOS",
      ["darwin-x64", "darwin-arm64", "darwin-universal"].map((target) =>
        file({ target, facts: macFacts([{ arch: "x64" }, { arch: "arm64" }]) }),
      ),
    ],
    [
      "two packages with one command",
      [
        file({ target: "linux-x64" }),
        file({ target: "linux-x64", package: "other", sha256: other }),
      ],
    ],
    [
      "one wheel delivered twice",
      [
        file({ target: "linux-x64-gnu", path: "a.whl", facts: null }),
        file({ target: "linux-x64-musl", path: "a.whl", facts: null }),
      ],
    ],
    ["no files", []],
  ])("%s", (_name, files) => {
    expect(checkAcross(files)).toEqual([]);
  });
});

test("one wheel name with two contents names both rows", () => {
  const files = [
    file({ target: "linux-x64-gnu", path: "/a/tool-1.0-py3-none-any.whl", facts: null }),
    file({
      target: "linux-x64-musl",
      path: "/b/tool-1.0-py3-none-any.whl",
      facts: null,
      sha256: other,
    }),
  ];
  expect(checkAcross(files)).toEqual([
    {
      rule: "across/names",
      level: "error",
      file: "tool-1.0-py3-none-any.whl",
      expected: `the bytes that linux-x64-gnu delivered (sha256 ${"a".repeat(64)})`,
      found: `linux-x64-musl delivered others of that name (sha256 ${other})`,
    },
  ]);
});

test("two rows of one target with different programs of one name", () => {
  const files = [
    file({ target: "linux-x64", row: "first" }),
    file({ target: "linux-x64", row: "second", sha256: other }),
  ];
  expect(checkAcross(files)).toMatchObject([
    { rule: "across/names", found: expect.stringContaining("second") },
  ]);
});

test("x64 bytes that another leg calls arm64", () => {
  const files = [file({ target: "linux-x64" }), file({ target: "linux-arm64" })];
  expect(checkAcross(files)).toEqual([
    {
      rule: "across/bytes",
      level: "error",
      file: "tool",
      expected: "a file of its own for linux-arm64 (row linux-arm64)",
      found: "the bytes of linux-x64 (row linux-x64): arch: expected arm64, found x64",
    },
  ]);
});

test("a glibc program that another leg calls musl", () => {
  const facts = glibcFacts("2.17");
  const files = [
    file({ target: "linux-x64-gnu", facts }),
    file({ target: "linux-x64-musl", facts }),
  ];
  expect(checkAcross(files)).toMatchObject([
    { rule: "across/bytes", found: expect.stringContaining("libc: expected musl, found glibc") },
  ]);
});

test("the order in which legs arrive changes nothing", () => {
  const files = [
    file({ target: "linux-x64" }),
    file({ target: "linux-arm64" }),
    file({ target: "linux-x64", row: "again", sha256: other }),
    file({ target: "linux-x64-gnu", path: "a.whl", facts: null, sha256: "c".repeat(64) }),
    file({ target: "linux-x64-musl", path: "a.whl", facts: null, sha256: "d".repeat(64) }),
  ];
  const expected = checkAcross(files);
  expect(expected).toHaveLength(3);
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      expect(checkAcross(shuffled)).toEqual(expected);
    }),
  );
});
