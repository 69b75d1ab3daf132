import { describe, expect, test } from "@jest/globals";
import { wildcard } from "@multiarch/patterns";
import fc from "fast-check";

describe("a pattern with wildcards", () => {
  test.each([
    ["main", "main", true],
    ["main", "maine", false],
    ["", "", true],
    ["*", "", true],
    ["v*", "v1.2.3", true],
    ["v*", "v1/2", false],
    ["v**", "v1/2", true],
    ["release/*", "release/1", true],
    ["release/**", "release/1/2", true],
    ["**/test", "test", true],
    ["**/test", "a/b/test", true],
    ["**/test", "a/btest", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["?", "a", true],
    ["?", "/", false],
    ["?", "é", true],
    ["a.c", "abc", false],
    ["[a]", "[a]", true],
    ["(a|b)+", "(a|b)+", true],
    ["A", "a", false],
  ])("%s takes %s: %s", (pattern, name, expected) => {
    expect(wildcard(pattern)(name)).toBe(expected);
  });

  test("without regard to case, and across slashes, where that is asked", () => {
    expect(wildcard("readme*", { ignoreCase: true })("README.md")).toBe(true);
    expect(wildcard("libQt5*", { anywhere: true })("libQt5/x")).toBe(true);
  });

  test("means what the same pattern means as an expression", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", "b", "/", ".", "*", "?"),
      maxLength: 8,
    });
    const names = fc.string({ unit: fc.constantFrom("a", "b", "/", "."), maxLength: 8 });
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const source = pattern.replaceAll(/\*\*\/|\*+|\?|\./g, (piece) => {
          if (piece === "**/") return "(?:.*/)?";
          if (piece.startsWith("**")) return ".*";
          if (piece === "*") return "[^/]*";
          return piece === "?" ? "[^/]" : "\\.";
        });
        expect(wildcard(pattern)(name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  test("answers in steps that its lengths allow", () => {
    // As an expression this would take longer than anybody waits.
    const pattern = `${"*a".repeat(200)}b`;
    expect(wildcard(pattern)("a".repeat(4000))).toBe(false);
  });
});
