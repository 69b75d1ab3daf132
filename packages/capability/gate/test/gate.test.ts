import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { type Allowances, judgeJobs, readJobs } from "../src/index.ts";

const none: Allowances = { failures: [], skips: [] };
const needs = (results: Record<string, string>): unknown =>
  Object.fromEntries(
    Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]),
  );
const open = (results: Record<string, string>, allowed: Partial<Allowances> = {}): boolean =>
  judgeJobs(readJobs(needs(results)), { ...none, ...allowed }).ok;

function idOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.id;
    throw error;
  }
  return "no error";
}

describe("a gate", () => {
  test("is open when every job succeeded", () => {
    expect(open({ plan: "success", build: "success" })).toBe(true);
  });

  test.each(["failure", "cancelled", "skipped", "neutral", "", "Success"])(
    "is shut when a job ended as %j",
    (result) => {
      expect(open({ plan: "success", build: result })).toBe(false);
    },
  );

  test.each([
    ["failure", { failures: ["build"] }, true],
    ["cancelled", { failures: ["build"] }, true],
    ["skipped", { skips: ["build"] }, true],
    ["skipped", { failures: ["build"] }, false],
    ["failure", { skips: ["build"] }, false],
    ["timed_out", { failures: ["build"], skips: ["build"] }, false],
  ] as const)("with %s and %j is open: %s", (result, allowed, expected) => {
    expect(open({ plan: "success", build: result }, allowed)).toBe(expected);
  });

  test("stays shut for a job that was skipped because an earlier one failed, although the skip is allowed", () => {
    const results = { plan: "failure", test: "skipped" };
    expect(open(results, { skips: ["test"] })).toBe(false);
  });

  test("says of each job why", () => {
    const jobs = readJobs(needs({ plan: "success", lint: "skipped", test: "failure" }));
    const { verdicts } = judgeJobs(jobs, { failures: [], skips: ["lint"] });
    expect(verdicts.map(({ name, why }) => `${name} ${why}`)).toEqual([
      "plan succeeded",
      "lint was skipped, which allowed-skips permits",
      "test failed",
    ]);
  });

  test.each([
    ["{}", {}],
    ["a list", []],
    ["null", null],
    ["text", "success"],
    ["a job without a result", { build: { outputs: {} } }],
    ["a job that is no object", { build: "success" }],
  ])("refuses %s", (_, value) => {
    expect(idOf(() => readJobs(value))).toBe("MA921");
  });

  test("refuses an allowance for a job that it does not wait for, and names the nearest", () => {
    const jobs = readJobs(needs({ build: "success" }));
    const typo = { failures: ["biuld"], skips: [] };
    expect(idOf(() => judgeJobs(jobs, typo))).toBe("MA922");
    expect(() => judgeJobs(jobs, typo)).toThrow(/write build/);
    expect(idOf(() => judgeJobs(jobs, { failures: [], skips: ["test"] }))).toBe("MA922");
  });
});
