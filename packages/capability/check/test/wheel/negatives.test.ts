import { describe, expect, test } from "@jest/globals";
import type { Check } from "@multiarch/contracts";
import { allWheelRules, type CheckOptions, checkSdist, checkWheel } from "../../src/index.ts";
import { metadataNegatives } from "./metadata-negatives.ts";
import { nameNegatives } from "./name-negatives.ts";
import { anyPurpose, type Negative } from "./negative.ts";
import { platformNegatives } from "./platform-negatives.ts";
import { sdistContents, wheelContents } from "./recipe.ts";
import { sdistNegatives } from "./sdist-negatives.ts";
import { accountNegatives, refusalNegatives } from "./zip-negatives.ts";

interface Case extends Negative {
  readonly check: (options?: Partial<CheckOptions>) => Check[];
}

const wheels = [
  ...nameNegatives,
  ...platformNegatives,
  ...metadataNegatives,
  ...refusalNegatives,
  ...accountNegatives,
];
const all: readonly Case[] = [
  ...wheels.map((negative) => ({
    ...negative,
    check: (options = negative.options) =>
      checkWheel(wheelContents(negative.recipe), { ...anyPurpose, ...options }),
  })),
  ...sdistNegatives.map((negative) => ({
    ...negative,
    check: (options = negative.options) =>
      checkSdist(sdistContents(negative.recipe), { ...anyPurpose, ...options }),
  })),
];

const known = new Map(allWheelRules.map((rule) => [rule.id, rule]));

describe("a package that breaks a rule", () => {
  for (const [index, { rule, recipe, also = [], check }] of all.entries()) {
    test(`${rule} (${index}, ${recipe.name})`, () => {
      const checks = check();
      const found = checks.filter((finding) => finding.rule === rule);
      expect(found).not.toEqual([]);
      expect(found.filter((finding) => finding.expected === "" || finding.found === "")).toEqual(
        [],
      );
      const errors = checks.filter(({ level }) => level === "error");
      const allowed = [rule, ...also];
      expect(errors.filter((error) => !allowed.includes(error.rule))).toEqual([]);
    });
  }
});

describe("the rules", () => {
  test("each have a package that breaks them", () => {
    const broken = new Set(all.map(({ rule }) => rule));
    expect(allWheelRules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
    expect([...broken].filter((id) => !known.has(id))).toEqual([]);
  });

  test("have names of their own, and say why they exist", () => {
    expect(known.size).toBe(allWheelRules.length);
    for (const { id, source } of allWheelRules) {
      expect(id).toMatch(/^(?:wheel|zip|sdist)\/[a-z][a-z0-9-]+$/);
      expect(source.length).toBeGreaterThan(20);
    }
  });

  test("of the package index are errors only for what is to be uploaded", () => {
    const strict = all.filter(({ options }) => options?.purpose === "pypi");
    expect(strict.length).toBeGreaterThan(10);
    for (const { check } of strict) {
      expect(check({}).filter(({ level }) => level === "error")).toEqual([]);
      expect(check().some(({ level }) => level === "error")).toBe(true);
    }
  });
});
