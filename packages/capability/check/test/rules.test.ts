import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { allRules } from "@multiarch/check";

/** The tests that hold each finding of these rooms, word by word, against a file that breaks the rule. */
const negatives = ["npm/label", "npm/manifest", "native", "set/set"]
  .map((name) => readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8"))
  .join("\n");

const own = allRules.filter(({ id }) => /^(?:npm|file|archive|set)\//.test(id));

describe("every rule", () => {
  test("has a name of its own, in one form", () => {
    const names = allRules.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+\/[a-z0-9-]+$/.test(name))).toEqual([]);
  });

  test("says why it is there", () => {
    expect(allRules.filter(({ source }) => source.length < 20)).toEqual([]);
  });

  test.each(own.map(({ id }) => [id]))("%s has a file that breaks it", (id) => {
    expect(negatives).toMatch(new RegExp(`["'\`]${id} (?:error|warning|note) `));
  });

  test("of all kinds of files is there", () => {
    const rooms = new Set(allRules.map(({ id }) => id.split("/")[0]));
    expect([...rooms].sort()).toEqual([
      "across",
      "archive",
      "file",
      "made",
      "npm",
      "sdist",
      "set",
      "wheel",
      "zip",
    ]);
  });
});
