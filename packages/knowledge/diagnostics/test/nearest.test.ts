import { describe, expect, test } from "@jest/globals";
import { nearest, UserError } from "../src/index.ts";

describe("nearest", () => {
  test.each([
    ["linux-x46", "linux-x64"],
    ["targts", "targets"],
    ["Targets", "targets"],
    ["buidler", "builder"],
    ["npn", "npm"],
  ])("%s means %s", (word, expected) => {
    expect(nearest(word, ["targets", "builder", "npm", "linux-x64", "darwin-arm64"])).toBe(
      expected,
    );
  });

  test.each(["zebra", "", "x"])("%j means nothing", (word) => {
    expect(nearest(word, ["targets", "builder", "linux-x64"])).toBeUndefined();
  });
});

test("an error says what, where, expected, found and what to do, one line each", () => {
  const error = new UserError("MA901", {
    what: "the plan is not valid",
    where: "plan.json",
    expected: "a number",
    found: '"four"',
  });
  expect(error.message.split("\n  ")).toEqual([
    "MA901 the plan is not valid",
    "where: plan.json",
    "expected: a number",
    'found: "four"',
    expect.stringMatching(/^do: /),
  ]);
});
