import { describe, expect, test } from "@jest/globals";
import { digest, type Plan, parseDocument, planId, serialize } from "@multiarch/contracts";
import type { PlanRequest } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { plan, project, targets } from "./planned.ts";

describe("the plan's id", () => {
  test("is the hash of all the rest, and stays while nothing changes", async () => {
    const one = await project();
    const { plan: first } = await plan(one);
    const { plan: second } = await plan(await load(one.root));
    expect(serialize(second)).toBe(serialize(first));
    const { id, ...rest } = first;
    expect(id).toBe(planId(rest));
    const parsed = parseDocument("plan", Buffer.from(serialize(first)), "plan.json");
    expect(parsed.unknown).toEqual([]);
    expect(parsed.value).toEqual(JSON.parse(serialize(first)));
  });

  test("does not depend on the order of targets", async () => {
    const one = await project();
    const order = (ids: string[]) => plan(one, { targets: ids.map((id) => parseTarget(id)) });
    const ids = await Promise.all([targets, [...targets].reverse()].map(order));
    expect(ids[0]?.plan.id).toBe(ids[1]?.plan.id);
  });

  const changes: [string, Record<string, unknown>][] = [
    ["the version", { version: "1.2.4" }],
    ["a setting", { timeout: 61 }],
    ["an output", { wheel: true }],
    ["the description", { description: "Does two things" }],
  ];
  test.each(changes)("changes with %s", async (_what, config) => {
    const before = await plan(await project());
    expect((await plan(await project(config))).plan.id).not.toBe(before.plan.id);
  });

  test("changes with a document, the event and the commit", async () => {
    const one = await project();
    const ids = new Set<string>();
    const add = async (given: Project, more: Partial<PlanRequest> = {}) =>
      ids.add((await plan(given, more)).plan.id);
    await add(one);
    await add(one, { trigger: { event: "schedule", trusted: true, why: "" } });
    await add({ ...one, commit: "a".repeat(40) });
    await add(await load(await prebuiltProject({ targets, files: { LICENSE: "another" } })));
    expect(ids.size).toBe(4);
  });
});

test("files that merge needs travel with the plan, hashed", async () => {
  const { plan: made, files } = await plan(await project());
  expect(files.map(({ path }) => path)).toEqual([
    "metadata.json",
    "documents/LICENSE",
    "documents/README.md",
  ]);
  expect(made.files).toEqual(
    files.map(({ path, content }) => ({
      path,
      size: content.byteLength,
      sha256: digest(content),
    })),
  );
  expect(JSON.parse(Buffer.from(files[0]?.content ?? []).toString())).toEqual({
    description: "Does one thing",
    license: "MIT",
    repository: null,
    homepage: null,
    documents: ["LICENSE", "README.md"],
  });
});

describe("whether the result may be published", () => {
  type Row = [
    what: string,
    project: Partial<Project>,
    trigger: Partial<Plan["trigger"]>,
    allowed: boolean,
    why: string,
  ];
  const tag = { publishable: true, ref: "refs/tags/v1.2.3" };
  const table: Row[] = [
    ["a pushed tag", tag, {}, true, "push of refs/tags/v1.2.3"],
    [
      "a published release",
      { ...tag, ref: null },
      { event: "release" },
      true,
      "release of a release",
    ],
    [
      "a push to a branch",
      { ...tag, ref: "refs/heads/main" },
      {},
      false,
      "push is not the push of a tag",
    ],
    [
      "a pull request",
      { ...tag, ref: null },
      { event: "pull_request" },
      false,
      "pull_request is not the push of a tag",
    ],
    ["an untrusted event", tag, { trusted: false, why: "from a fork" }, false, "from a fork"],
    [
      "a development version",
      { ...tag, publishable: false, publishWhy: "0.0.0-dev.0 is no release" },
      {},
      false,
      "0.0.0-dev.0 is no release",
    ],
  ];
  test.each(table)("%s", async (_what, change, trigger, allowed, why) => {
    const event = { event: "push", trusted: true, why: "", ...trigger };
    const { plan: made } = await plan({ ...(await project()), ...change }, { trigger: event });
    expect(made.publish).toEqual({ allowed, why });
  });
});
