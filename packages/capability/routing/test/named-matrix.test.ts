import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import {
  derive,
  type EventFacts,
  expandNamed,
  type NamedMatrix,
  parseRunnerLines,
  rowName,
} from "../src/index.ts";

const push: EventFacts = {
  event: "push",
  ref: "refs/heads/main",
  branch: "main",
  tag: null,
  labels: [],
  trusted: true,
};
const pull: EventFacts = { ...push, event: "pull_request" };
const matrix: NamedMatrix = {
  target: ["linux-x64", "linux-arm64"],
  "python-version": ["3.11", "3.12", "3.13"],
  rules: [{ when: { event: ["pull_request"] }, "python-version": ["3.12"] }],
};

const idOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.id;
    throw error;
  }
  return "no error";
};

describe("a named matrix", () => {
  test("is the product of its axes", () => {
    const { rows, why } = expandNamed("test", matrix, push);
    expect([rows.length, why]).toEqual([6, "no rule narrows it"]);
    expect(rows.map(rowName)[0]).toBe("linux-x64, 3.11");
  });

  test("is narrowed by the first rule that fits", () => {
    const { rows, why } = expandNamed("test", matrix, pull);
    expect(rows.map(rowName)).toEqual(["linux-x64, 3.12", "linux-arm64, 3.12"]);
    expect(why).toBe("narrowed by rule 1 (event pull_request)");
  });

  test("takes a number of a rule for the text of an axis, as YAML has no quotes to tell", () => {
    const rules = [{ when: {}, "python-version": [3.12] }];
    const { rows } = expandNamed("test", { ...matrix, rules }, push);
    expect(rows.map((row) => row["python-version"])).toEqual(["3.12", "3.12"]);
  });

  test.each<[string, NamedMatrix, string]>([
    ["a rule for an axis that is not there", { a: [1], rules: [{ when: {}, b: [1] }] }, "MA216"],
    ["a rule with a value that the axis lacks", { a: [1], rules: [{ when: {}, a: [2] }] }, "MA216"],
    ["a rule that empties an axis", { a: [1], rules: [{ when: {}, a: [] }] }, "MA215"],
    ["an axis with the name of a field of ours", { runs_on: ["x"] }, "MA216"],
    [
      "a rule that can never apply",
      { a: [1], rules: [{ when: { tag: ["v*"], branch: ["x"] } }] },
      "MA210",
    ],
  ])("%s is an error", (_, broken, id) => {
    expect(idOf(() => expandNamed("test", broken, push))).toBe(id);
  });
});

describe("the input runner", () => {
  test("has a line for each platform, in any spelling", () => {
    const text =
      "linux/arm64=ubuntu-24.04-arm\n\ndarwin-x64 = [self-hosted, mac]\ndefault=ubuntu-26.04\n";
    expect([...parseRunnerLines(text)]).toEqual([
      ["linux-arm64", "ubuntu-24.04-arm"],
      ["darwin-x64", ["self-hosted", "mac"]],
      ["default", "ubuntu-26.04"],
    ]);
  });

  test("a label alone is for all", () => {
    expect([...parseRunnerLines("ubuntu-24.04")]).toEqual([["default", "ubuntu-24.04"]]);
  });

  test.each([
    ["linux/arm64=", "MA214"],
    ["linux/arm64=a\nlinux-arm64=b", "MA214"],
    ["linux/arm64=a,,b", "MA214"],
    ["linux/amr64=a", "MA101"],
    ["arm=a", "MA102"],
  ])("%j ends with %s", (text, id) => {
    expect(idOf(() => parseRunnerLines(text))).toBe(id);
  });
});

describe("derived targets", () => {
  test("are taken apart; parts that nobody asked for are built for them", () => {
    expect(derive(["linux-x64", "darwin-universal", "darwin-arm64"])).toEqual({
      built: ["linux-x64", "darwin-arm64", "darwin-x64"],
      derived: [{ target: "darwin-universal", from: ["darwin-x64", "darwin-arm64"] }],
      parts: ["darwin-x64"],
    });
    expect(derive(["linux-x64"])).toEqual({ built: ["linux-x64"], derived: [], parts: [] });
  });

  test("of derived ones are followed to the end, and a circle is an error", () => {
    const nested = { all: ["mac", "linux"], mac: ["mac-x64", "mac-arm64"] };
    expect(derive(["all"], nested).derived).toEqual([
      { target: "all", from: ["mac-x64", "mac-arm64", "linux"] },
    ]);
    expect(idOf(() => derive(["a"], { a: ["b"], b: ["c"], c: ["a"] }))).toBe("MA217");
  });
});
