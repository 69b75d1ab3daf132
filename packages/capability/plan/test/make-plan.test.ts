import { describe, expect, test } from "@jest/globals";
import type { Project } from "@multiarch/project";
import { parseTarget, rows } from "@multiarch/targets";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { userError } from "../../../../test/support/temporary.ts";
import { plan, project } from "./planned.ts";

describe("rows", () => {
  test("are sorted, and say where, how and why", async () => {
    const made = await plan(await project());
    expect(made.plan.rows.map(({ id }) => id)).toEqual([
      "darwin-arm64",
      "linux-arm64-gnu",
      "linux-x64",
    ]);
    expect(made.plan.rows[1]).toMatchObject({
      name: "linux-arm64-gnu",
      target: "linux-arm64-gnu",
      builder: "prebuilt",
      runs_on: "ubuntu-24.04",
      place: { os: "linux", arch: "x64", kind: "hosted" },
      cpu: "native",
      tool: "cross",
      image: null,
      optional: false,
      timeout: 60,
      glibc: "2.17",
      packages: ["tool"],
      expect: [{ package: "tool", kind: "executable" }],
    });
    expect(made.plan.rows.every(({ why }) => why !== "")).toBe(true);
    expect(made.unreachable).toEqual([]);
  });

  test("carry the settings of their target over those of all", async () => {
    const build = { env: { A: "1", B: "1" }, args: ["-v"] };
    const own = { id: "linux-x64-gnu", optional: true, timeout: 5, build: { env: { B: "2" } } };
    const made = await plan(
      await project({ build, timeout: 90, glibc: "2.28" }, ["linux-arm64-gnu", own] as object[]),
    );
    expect(made.plan.rows).toMatchObject([
      { id: "linux-arm64-gnu", optional: false, timeout: 90, glibc: "2.28", build },
      {
        id: "linux-x64-gnu",
        optional: true,
        timeout: 5,
        build: { env: { A: "1", B: "2" }, args: ["-v"] },
      },
    ]);
  });

  test("have a glibc floor only where there is glibc", async () => {
    const all = ["linux-x64-gnu", "linux-x64-musl", "darwin-arm64", "windows-x64"];
    const made = await plan(await project({ glibc: "2.28" }, all));
    expect(made.plan.rows.map(({ id, glibc }) => [id, glibc])).toEqual([
      ["darwin-arm64", null],
      ["linux-x64-gnu", "2.28"],
      ["linux-x64-musl", null],
      ["windows-x64", null],
    ]);
  });

  test("go where the configuration says, and only what labels tell is claimed about that machine", async () => {
    const runsOn = { group: "big", labels: ["arm64"] };
    const own = { id: "linux-arm64", "runs-on": runsOn };
    const { rows: made } = (await plan(await project({}, [own]))).plan;
    expect(made[0]).toMatchObject({
      runs_on: runsOn,
      place: { os: null, arch: "arm64", kind: "self-hosted" },
      why: "runs-on of linux-arm64 names it, prebuilt builds for the machine itself",
    });
    const machine = { os: "linux", arch: "x64", rust: null };
    const here = await plan(await project({}, [own]), { where: machine });
    expect(here.plan.rows[0]).toMatchObject({ runs_on: "local", place: { kind: "local" } });
  });

  test("none are red, unless that is allowed", async () => {
    const empty = await project();
    const error = await userError(plan(empty, { targets: [] }));
    expect(error.id).toBe("MA201");
    const allowed = await plan(empty, { targets: [], allowEmpty: true });
    expect(allowed.plan.rows).toEqual([]);
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...parseTarget("linux-x64"),
      id: `linux-x64-${index}`,
    }));

  test("256 are one matrix, the 257th is red", async () => {
    const one = await project();
    expect((await plan(one, { targets: many(256) })).plan.rows).toHaveLength(256);
    const error = await userError(plan(one, { targets: many(257) }));
    expect(error.id).toBe("MA202");
    expect(error.details).toMatchObject({ expected: "at most 256 rows", found: "257 rows" });
  });

  test("the user may allow fewer rows, never more", async () => {
    const one = await project();
    const fewer = await userError(plan(one, { maximumRows: 2 }));
    expect(fewer.details).toMatchObject({ expected: "at most 2 rows", found: "3 rows" });
    const more = await userError(plan(one, { targets: many(257), maximumRows: 1000 }));
    expect(more.details.expected).toBe("at most 256 rows");
  });

  test("no two have one name", async () => {
    const twice = [parseTarget("linux-x64"), parseTarget("linux/amd64")];
    const error = await userError(plan(await project(), { targets: twice }));
    expect(error.message).toContain("MA203 two rows are called linux-x64");
  });

  test("a target that no machine can build is red by name", async () => {
    const error = await userError(plan(await project(), { targets: [parseTarget("any")] }));
    expect(error.message).toContain("MA204 any cannot be built by the builder prebuilt");
  });
});

test("targets that this machine cannot reach are left out, with the reason", async () => {
  const one: Project = { ...(await project()), builder: "cargo" };
  const where = { os: "linux", arch: "x64", rust: { targets: [], canAddTargets: true } };
  const { plan: made, unreachable } = await plan(one, { where });
  expect(made.rows.map(({ id }) => id)).toEqual(["linux-arm64-gnu", "linux-x64"]);
  expect(made.excluded).toMatchObject([{ target: "darwin-arm64" }]);
  expect(unreachable).toMatchObject([{ target: "darwin-arm64", optional: false }]);
  const none = await userError(plan(one, { where: { ...where, rust: null } }));
  expect(none.id).toBe("MA201");
  expect(none.details.found).toContain("there is no cargo on PATH");
  const empty = { ...where, rust: { targets: [], canAddTargets: false } };
  const each = await userError(plan(one, { where: empty }));
  expect(each.details.found?.split("\n")).toEqual([
    "every target is left out",
    "    linux-x64: the standard library for x86_64-unknown-linux-musl is not installed here",
    "    linux-arm64-gnu: the standard library for aarch64-unknown-linux-gnu is not installed here",
    "    darwin-arm64: linking for macOS needs Apple's SDK, so a macOS machine",
  ]);
});

test("targets without a wheel are told when wheels are wanted", async () => {
  const list = ["linux-x64", "freebsd-x64"];
  const warnings = async (config: Record<string, unknown>) =>
    (
      await plan(
        await load(
          await prebuiltProject({ targets: list, config, programs: { "freebsd-x64": null } }),
        ),
      )
    ).plan.warnings;
  expect(await warnings({})).toEqual([]);
  expect(await warnings({ wheel: true })).toEqual([
    { code: "no-wheel", text: "freebsd-x64 gets no wheel: PyPI has no tag for it" },
  ]);
  expect(rows.some(({ id }) => id === "freebsd-x64")).toBe(true);
});
