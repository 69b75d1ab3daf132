import { describe, expect, test } from "@jest/globals";
import { planNamed } from "@multiarch/plan";
import type { RegisteredRunner } from "@multiarch/runners";
import { parseTarget } from "@multiarch/targets";
import { githubMatrix } from "../../../../test/support/github-matrix.ts";
import { userError } from "../../../../test/support/temporary.ts";
import { plan, project, routing } from "./planned.ts";

const pull = { ...routing().event, event: "pull_request", ref: "refs/pull/1/merge" };
const fork = { ...pull, trusted: false };
const all = ["linux-x64", "linux-arm64", "darwin-arm64"];

describe("rules", () => {
  const rules = [
    {
      when: { event: "pull_request" },
      targets: ["linux-x64", { id: "linux-arm64", timeout: 5 }],
      build: { args: ["-q"] },
    },
    { when: { tag: "v*" }, skip: ["darwin-arm64"] },
  ];

  test("choose the targets of an event, and say which were left out by which", async () => {
    const made = await plan(await project({ rules }, all), { where: routing({ event: pull }) });
    expect(made.plan.rows.map(({ id, timeout }) => [id, timeout])).toEqual([
      ["linux-arm64", 5],
      ["linux-x64", 60],
    ]);
    expect(made.plan.rows[0]?.build.args).toEqual(["-q"]);
    expect(made.plan.excluded).toEqual([
      { target: "darwin-arm64", why: "rule 1 (event pull_request) builds other targets" },
    ]);
  });

  test("skip targets", async () => {
    const event = { ...routing().event, ref: "refs/tags/v1", branch: null, tag: "v1" };
    const made = await plan(await project({ rules }, all), { where: routing({ event }) });
    expect(made.plan.rows.map(({ id }) => id)).toEqual(["linux-arm64", "linux-x64"]);
    expect(made.plan.excluded).toEqual([
      { target: "darwin-arm64", why: "rule 2 (tag v*) skips it" },
    ]);
  });

  test("do not touch targets that were named by the call, but their settings count", async () => {
    const made = await plan(await project({ rules }, all), {
      where: routing({ event: pull }),
      targetsAreFixed: true,
    });
    expect(made.plan.rows.map(({ id }) => id)).toEqual([
      "darwin-arm64",
      "linux-arm64",
      "linux-x64",
    ]);
    expect(made.plan.rows.map(({ build }) => build.args)).toEqual([["-q"], ["-q"], ["-q"]]);
  });

  test("that skip everything leave an empty plan, which must be allowed", async () => {
    const quiet = await project({ rules: [{ when: { event: "pull_request" }, skip: true }] }, all);
    const where = routing({ event: pull });
    const error = await userError(plan(quiet, { where }));
    expect(error.id).toBe("MA201");
    expect(error.message).toContain("rule 1 (event pull_request) skips it");
    expect(error.message).toContain("allow-empty: true");
    const { plan: empty } = await plan(quiet, { where, allowEmpty: true });
    expect([empty.rows.length, empty.excluded.length]).toEqual([0, 3]);
  });

  test("that can never apply are errors, whatever the event", async () => {
    const broken = await project({ rules: [{ when: { tag: "v*", branch: "main" } }] }, all);
    expect((await userError(plan(broken))).id).toBe("MA210");
  });
});

describe("runners", () => {
  const runners = {
    "linux-arm64": [{ "runs-on": ["self-hosted", "arm64"], when: "idle" }, "ubuntu-24.04-arm"],
    default: ["ubuntu-26.04"],
  };
  const box: RegisteredRunner = {
    id: 1,
    name: "box",
    online: true,
    busy: false,
    labels: ["self-hosted", "linux", "arm64"],
    groups: [],
  };

  test("of the longest prefix are tried in turn", async () => {
    const given = await project({ runners }, all);
    const idle = await plan(given, {
      where: routing({ availability: async () => ({ known: true, runners: [box] }) }),
    });
    expect(idle.plan.rows.map(({ id, runs_on }) => [id, runs_on])).toEqual([
      ["darwin-arm64", "ubuntu-26.04"],
      ["linux-arm64", ["self-hosted", "arm64"]],
      ["linux-x64", "ubuntu-26.04"],
    ]);
    const unknown = await plan(given);
    expect(unknown.plan.rows[1]).toMatchObject({
      runs_on: "ubuntu-24.04-arm",
      place: { kind: "hosted" },
    });
    expect(unknown.plan.rows[1]?.why).toContain("runners-token is not set");
  });

  test("of one's own are never for an untrusted event, whoever asks for them", async () => {
    const own = { id: "linux-x64", "runs-on": ["self-hosted", "x64"] };
    const given = await project({ runners }, [own, { id: "linux-arm64" }, { id: "darwin-arm64" }]);
    const made = await plan(given, {
      where: routing({
        event: fork,
        named: new Map([["darwin-arm64", ["self-hosted", "mac"]]]),
        availability: async () => ({ known: true, runners: [box] }),
      }),
    });
    expect(made.plan.rows.map(({ place }) => place.kind)).toEqual(["hosted", "hosted", "hosted"]);
    expect(made.plan.warnings.map(({ code }) => code)).toEqual([
      "untrusted-runner",
      "untrusted-runner",
    ]);
  });

  test("of the input come before those of the configuration", async () => {
    const named = new Map([["linux-arm64", "ubuntu-26.04-arm"]]);
    const made = await plan(await project({ runners }, all), { where: routing({ named }) });
    expect(made.plan.rows[1]).toMatchObject({
      runs_on: "ubuntu-26.04-arm",
      why: "the input runner names it, prebuilt builds for the machine itself",
    });
  });

  test("with labels that were retired, misspelt or no labels are errors", async () => {
    for (const [label, id] of [
      ["macos-13", "MA212"],
      ["ubunut-24.04", "MA213"],
      ["a\nb", "MA211"],
    ]) {
      const given = await project({ runners: { default: [label] } }, all);
      expect([label, (await userError(plan(given))).id]).toEqual([label, id]);
    }
  });
});

test("a composed target is built from its parts, and not beside them", async () => {
  const given = await project({}, all);
  const asked = (...ids: string[]) => plan(given, { targets: ids.map((id) => parseTarget(id)) });
  const made = await asked("darwin-universal", "linux-x64");
  expect(made.plan.rows.map(({ id }) => id)).toEqual(["darwin-arm64", "darwin-x64", "linux-x64"]);
  expect(made.plan.derived).toEqual([
    { target: "darwin-universal", from: ["darwin-x64", "darwin-arm64"] },
  ]);
  expect((await userError(asked("darwin-universal", "darwin-x64"))).id).toBe("MA218");
});

describe("named matrices", () => {
  const matrix = {
    test: {
      target: ["linux-x64", "linux-arm64", "linux-riscv64"],
      "python-version": ["3.11", "3.12"],
      include: [{ target: "darwin-arm64", "python-version": "3.12", slow: true }],
      exclude: [{ target: "linux-riscv64", "python-version": "3.11" }],
      rules: [
        { when: { event: "pull_request" }, target: ["linux-x64"], "python-version": ["3.12"] },
      ],
    },
  };

  test("run where their target's programs run", async () => {
    const { include } = await planNamed(await project({ matrix }), "test", routing(), {});
    expect(include.map(({ name, runs_on, cpu }) => [name, runs_on, cpu])).toEqual([
      ["linux-x64, 3.11", "ubuntu-24.04", "native"],
      ["linux-x64, 3.12", "ubuntu-24.04", "native"],
      ["linux-arm64, 3.11", "ubuntu-24.04-arm", "native"],
      ["linux-arm64, 3.12", "ubuntu-24.04-arm", "native"],
      ["linux-riscv64, 3.12", "ubuntu-24.04", "emulated"],
      ["darwin-arm64, 3.12, true", "macos-26", "native"],
    ]);
  });

  test("are narrowed by rules, and are exactly their rows to GitHub", async () => {
    const { include, why } = await planNamed(
      await project({ matrix }),
      "test",
      routing({ event: pull }),
      {},
    );
    expect(why).toBe("narrowed by rule 1 (event pull_request)");
    expect(include.map(({ name }) => name)).toEqual([
      "linux-x64, 3.12",
      "darwin-arm64, 3.12, true",
    ]);
    expect(githubMatrix("test", { include }).map(({ row }) => row)).toEqual(include);
  });

  test("may name their machine in a cell, which an untrusted event does not get", async () => {
    const own = { own: { "runs-on": ["my-box", "ubuntu-24.04"], part: [1, 2] } };
    const given = await project({ matrix: own });
    const trusted = await planNamed(given, "own", routing(), {});
    expect(trusted.include.map(({ runs_on }) => runs_on)).toEqual([
      "my-box",
      "my-box",
      "ubuntu-24.04",
      "ubuntu-24.04",
    ]);
    const untrusted = await planNamed(given, "own", routing({ event: fork }), {});
    expect(new Set(untrusted.include.map(({ runs_on }) => runs_on))).toEqual(
      new Set(["ubuntu-24.04"]),
    );
  });

  test.each([
    ["another name", { test: { a: [1] } }, "tset", "MA219"],
    [
      "too many rows",
      { big: { a: Array.from({ length: 257 }, (_, index) => index) } },
      "big",
      "MA202",
    ],
    [
      "two rows of one name",
      {
        twice: {
          a: [1],
          b: [2],
          include: [{ a: 1, b: 2, c: 3 }, { a: "1 ", b: 2 }, { a: "1, 2" }, { a: "x" }, { b: "x" }],
        },
      },
      "twice",
      "MA203",
    ],
    ["nothing", { none: { a: [1], exclude: [{ a: 1 }] } }, "none", "MA201"],
    ["a row of more than 1 KiB", { long: { a: ["x".repeat(1000)] } }, "long", "MA205"],
  ])("%s is an error", async (_, broken, name, id) => {
    expect(
      (await userError(planNamed(await project({ matrix: broken }), name, routing(), {}))).id,
    ).toBe(id);
  });
});

test("no row has another label when GitHub reads the matrix", async () => {
  const targets = all.map((id) => parseTarget(id));
  const { plan: made } = await plan(await project({}, all), { targets });
  const include = made.rows.map(({ id, name, runs_on }) => ({ id, name, runs_on }));
  expect(githubMatrix("build", { include }).map(({ row }) => row)).toEqual(include);
});
