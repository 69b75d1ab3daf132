import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { planNamed, type Routing } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import type { RegisteredRunner } from "@multiarch/runners";
import { load } from "../../../../test/support/project.ts";
import { put, temporaryFolder } from "../../../../test/support/temporary.ts";
import { plan, routing } from "./planned.ts";

const examples = join(import.meta.dirname, "../../../../examples/routing");

/** A Go program with the example as its configuration. */
async function project(example: string): Promise<Project> {
  const root = await temporaryFolder();
  await put(root, {
    "go.mod": "module example.com/tool\n\ngo 1.25\n",
    "main.go": "package main\n\nfunc main() {}\n",
    "multiarch.yml": await readFile(join(examples, example), "utf8"),
  });
  return load(root);
}

const on = (
  event: string,
  runners: readonly RegisteredRunner[] | null = null,
  trusted = true,
): Routing =>
  routing({
    event: { ...routing().event, event, trusted },
    availability: async () =>
      runners === null
        ? { known: false, why: "runners-token is not set" }
        : { known: true, runners },
  });
const runner = (
  name: string,
  labels: string[],
  busy = false,
  groups: string[] = [],
): RegisteredRunner => ({
  id: name.length,
  name,
  online: true,
  busy,
  labels: ["self-hosted", "linux", ...labels],
  groups,
});
const places = async (given: Project, where: Routing): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await plan(given, { where })).plan.rows.map(({ id, runs_on }) => [id, runs_on]),
  );

describe("self-hosted-arm64.yml", () => {
  const dgx = runner("dgx-1", ["arm64", "dgx"]);
  const other = runner("box", ["arm64"]);

  test.each<[string, Routing, unknown]>([
    ["the big machine while it is idle", on("push", [other, dgx]), ["self-hosted", "arm64", "dgx"]],
    [
      "any idle one while the big one is busy",
      on("push", [{ ...dgx, busy: true }, other]),
      ["self-hosted", "arm64"],
    ],
    [
      "a hosted one while all are busy",
      on("push", [
        { ...dgx, busy: true },
        { ...other, busy: true },
      ]),
      "ubuntu-24.04-arm",
    ],
    ["a hosted one while all are off", on("push", []), "ubuntu-24.04-arm"],
    ["a hosted one without a token", on("push"), "ubuntu-24.04-arm"],
    ["a hosted one for a fork", on("pull_request", [dgx, other], false), "ubuntu-24.04-arm"],
    ["hosted x64 at night", on("schedule", []), "ubuntu-24.04"],
  ])("%s", async (_, where, runsOn) => {
    expect(await places(await project("self-hosted-arm64.yml"), where)).toEqual({
      "linux-arm64": runsOn,
      "linux-x64": "ubuntu-24.04",
    });
  });

  test("what runs arm64 programs at night is emulated", async () => {
    const { include } = await planNamed(
      await project("self-hosted-arm64.yml"),
      "test",
      on("schedule"),
      {},
    );
    expect(include.map(({ target, runs_on, cpu }) => [target, runs_on, cpu])).toEqual([
      ["linux-x64", "ubuntu-24.04", "native"],
      ["linux-arm64", "ubuntu-24.04", "emulated"],
    ]);
  });
});

describe("pull-requests.yml", () => {
  test.each([
    ["pull_request", 2, 2],
    ["push", 6, 12],
  ])("%s builds %i targets and tests %i times", async (event, built, tested) => {
    const given = await project("pull-requests.yml");
    expect(Object.keys(await places(given, on(event)))).toHaveLength(built);
    const { include } = await planNamed(given, "test", on(event), {});
    expect(include).toHaveLength(tested);
    const versions = new Set(include.map((row) => row["python-version"]));
    expect([...versions]).toEqual(event === "push" ? ["3.11", "3.12", "3.13"] : ["3.12"]);
  });
});

describe("riscv64.yml", () => {
  const community = runner("rise-1", ["riscv64"], true, ["rise"]);

  test.each<[string, Routing, unknown]>([
    ["online, even busy", on("push", [community]), { group: "rise" }],
    ["off", on("push", [{ ...community, online: false }]), "ubuntu-24.04"],
    ["not to be asked", on("push"), "ubuntu-24.04"],
    ["wanted by a fork", on("pull_request", [community], false), "ubuntu-24.04"],
  ])("the community's machine is %s", async (_, where, runsOn) => {
    const given = await project("riscv64.yml");
    expect((await places(given, where))["linux-riscv64"]).toEqual(runsOn);
    const { rows } = (await plan(given, { where })).plan;
    expect(rows.map(({ id, optional }) => [id, optional])).toEqual([
      ["linux-arm64", false],
      ["linux-riscv64", true],
      ["linux-x64", false],
    ]);
  });
});
