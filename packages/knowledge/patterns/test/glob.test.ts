import { describe, expect, test } from "@jest/globals";
import { globMatcher, isGlob, slashed, splitGlob } from "@multiarch/patterns";

const linux = { windows: false };

describe("a pattern matches", () => {
  const cases: [pattern: string, matched: string[], not: string[]][] = [
    ["*.whl", ["a.whl", "a-1.0.whl"], ["a/b.whl", ".whl", ".a.whl", "a.whl.x", "awhl"]],
    ["dist/*", ["dist/a"], ["dist", "dist/a/b", "dist/.a", "xdist/a"]],
    ["**/*.whl", ["a.whl", "x/a.whl", "x/y/z/a.whl"], ["x/.y/a.whl", "a.whl/b"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "a/b/c"]],
    ["dist/**", ["dist/a", "dist/a/b"], ["dist/.a", "dist/a/.b", "x"]],
    ["**", ["a", "a/b"], [".a", "a/.b"]],
    ["?.so", ["a.so"], [".so", "ab.so", "/.so"]],
    ["lib?.so", ["liba.so"], ["lib.so", "lib/.so"]],
    ["[a-c]x[!0-9]", ["axa", "cx-"], ["dxa", "ax1", "ax/"]],
    ["tool-{x64,arm64}.{tgz,zip}", ["tool-x64.tgz", "tool-arm64.zip"], ["tool-x64", "tool-.tgz"]],
    ["{a,b{c,d}}", ["a", "bc", "bd"], ["b", "ac", "{a"]],
    ["a+(b)^$.txt", ["a+(b)^$.txt"], ["ab.txt"]],
    [".github/*", [".github/a"], ["github/a"]],
    ["a{b", ["a{b"], ["ab"]],
    ["größe*", ["größe1"], ["große1"]],
  ];
  test.each(cases)("%s", (pattern, matched, not) => {
    const matches = globMatcher(pattern, linux);
    expect([...matched, ...not].filter(matches)).toEqual(matched);
  });

  test("in any case on Windows, and nowhere else", () => {
    expect(globMatcher("Dist/*.WHL", { windows: true })("dist/a.whl")).toBe(true);
    expect(globMatcher("Dist/*.WHL", linux)("dist/a.whl")).toBe(false);
  });

  test("in time that does not explode", () => {
    expect(globMatcher(`${"*a".repeat(20)}*b`, linux)("a".repeat(200))).toBe(false);
    expect(globMatcher(`${"**/a/".repeat(20)}b`, linux)("a/".repeat(100))).toBe(false);
  });
});

test("a pattern is told by its characters", () => {
  expect(["a*", "a?", "[a]", "{a,b}", "a/b.whl", "a-1.0+x.whl"].map(isGlob)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ["dist/*.whl", "dist", "*.whl"],
  ["*.whl", ".", "*.whl"],
  ["./a/**/b", "./a", "**/b"],
  ["/*", "/", "*"],
  ["/a/b*/c", "/a", "b*/c"],
  ["../x/*", "../x", "*"],
])("%s begins in %s", (pattern, folder, rest) => {
  expect(splitGlob(pattern)).toEqual({ folder, rest });
});

test("backslashes separate on Windows only", () => {
  expect(slashed("a\\b", { windows: true })).toBe("a/b");
  expect(slashed("a\\b", linux)).toBe("a\\b");
});
