import { beforeAll, describe, expect, test } from "@jest/globals";
import { type EndedStep, type Job, runStep } from "./support/step.ts";
import { temporaryFolder } from "./support/temporary.ts";

describe("the gate, as the runner starts it", () => {
  let where: Job;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    where = { workspace: folder, store: folder };
  });

  const gate = (jobs: string, inputs: Record<string, string> = {}): Promise<EndedStep> =>
    runStep("gate", { jobs, ...inputs }, where);
  const needs = (results: Record<string, string>): string =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]),
      ),
      null,
      2,
    );

  test("is green when every job is", async () => {
    const { code, outputs, summary } = await gate(needs({ plan: "success", build: "success" }));
    expect([code, outputs.ok]).toEqual([0, "true"]);
    expect(summary).toContain("| build | success | ✓ |");
  });

  test("is red for a skipped job, says which, and tells how to allow it", async () => {
    const { code, outputs, errors } = await gate(needs({ plan: "success", build: "skipped" }));
    expect([code, outputs.ok]).toEqual([1, "false"]);
    expect(errors).toEqual([
      expect.stringMatching(/MA920[\s\S]*build was skipped[\s\S]*allowed-skips/),
    ]);
  });

  test("is green for a skip that is allowed by name", async () => {
    const allowed = { "allowed-skips": "build" };
    const { code, outputs } = await gate(needs({ plan: "success", build: "skipped" }), allowed);
    expect([code, outputs.ok]).toEqual([0, "true"]);
  });

  test.each([
    ["no jobs", "{}", "MA921"],
    ["an input that is no JSON", "success", "MA003"],
    ["nothing", "", "MA0"],
  ])("is red for %s", async (_, jobs, id) => {
    const { code, errors } = await gate(jobs);
    expect(code).toBe(1);
    expect(errors).toEqual([expect.stringContaining(id)]);
  });
});
