import { describe, expect, test } from "@jest/globals";
import { allRules, checkNpm, checkSet, declaredBy } from "@multiarch/check";
import type { NpmContents } from "@multiarch/contents";
import { parseTarget } from "@multiarch/targets";
import fc from "fast-check";
import { addonFacts, hashOf, membersOf, nothingAsked, npmContents } from "../contents.ts";
import { factsWith, glibcFacts, macFacts, windowsFacts } from "../facts.ts";

const fields = [
  ...["name", "version", "os", "cpu", "libc", "main", "exports", "bin", "scripts", "engines"],
  ...["dependencies", "optionalDependencies", "license", "repository", "private"],
];
const word = fc.constantFrom(
  "",
  "linux",
  "!win32",
  "any",
  "x64",
  "musl",
  "./a.node",
  "tool-linux-x64",
  "1.0.0",
  "constructor",
  "__proto__",
  "..",
);
const value = fc.oneof(
  word,
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const facts = fc.constantFrom(
  null,
  factsWith(),
  addonFacts({ arch: null, os: null }),
  glibcFacts("2.39"),
  macFacts([{ arch: "x64" }, { arch: "arm64", signed: false }]),
  windowsFacts({ needed: ["foo.dll"] }),
);
const member = fc.record({
  facts,
  mode: fc.constantFrom(null, "0644", "0755"),
  damage: fc.constantFrom(null, { id: "MA602", text: "it ends within its header" }),
});
const contents = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...fields), value),
    fc.dictionary(fc.constantFrom("a.node", "bin/tool", "test/x", "binding.gyp", "a.so.1"), member),
  )
  .map(([manifest, members]) => npmContents(manifest, members));

const known = new Map(allRules.map(({ id, level }) => [id, level]));

describe("whatever a package says of itself", () => {
  test("the answer is findings of known rules", () => {
    fc.assert(
      fc.property(contents, (one) => {
        const options = { ...nothingAsked, target: parseTarget("linux-x64"), glibc: "2.17" };
        const checks = [
          ...checkNpm(one, options),
          ...checkSet([one], { ...options, targets: ["linux-x64"] }),
        ];
        for (const { rule, expected, found } of checks) {
          expect(known.has(rule)).toBe(true);
          expect(expected).not.toBe("");
          expect(typeof found).toBe("string");
        }
        declaredBy(one);
      }),
      { numRuns: 300 },
    );
  });

  test("any bytes are a manifest or a finding", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const one: NpmContents = {
          ...npmContents({}, {}),
          texts: new Map([["package.json", bytes]]),
        };
        const checks = checkNpm(one, nothingAsked);
        expect(checks.length).toBeGreaterThan(0);
      }),
    );
  });

  test("conditions without end are not followed", () => {
    const depth = 200_000;
    const nested = `${'{"a":'.repeat(depth)}"a.node"${"}".repeat(depth)}`;
    const bytes = new TextEncoder().encode(`{"name":"a","version":"1.0.0","exports":${nested}}`);
    const one: NpmContents = {
      ...npmContents({}, {}),
      sha256: hashOf("deep"),
      members: membersOf({ "package.json": {} }),
      texts: new Map([["package.json", bytes]]),
    };
    expect(checkNpm(one, nothingAsked).map(({ rule }) => rule)).toEqual([
      "npm/repository",
      "npm/license",
    ]);
  });
});
