import { describe, expect, test } from "@jest/globals";
import { parseTarget } from "@multiarch/targets";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { userError } from "../../../../test/support/temporary.ts";
import { expectedFiles } from "../src/expect.ts";
import { plan, project } from "./planned.ts";

describe("what a row must deliver", () => {
  const kinds = async (prebuilt: object, target = "linux-x64-gnu", config: object = {}) => {
    const loaded = await project({ ...config, prebuilt }, [...new Set([target, "any"])]);
    return expectedFiles(loaded, parseTarget(target)).map(({ kind }) => kind);
  };

  test.each([
    [{ files: ["out/{id}/tool"] }, ["executable"]],
    [{ files: ["dist/*.whl"] }, ["wheel"]],
    [{ files: ["dist/*.whl", "dist/*.tar.gz"] }, ["wheel"]],
    [{ files: ["out/{id}/tool", "dist/*.whl"] }, ["executable", "wheel"]],
    [{ tree: ["out/{id}"] }, ["library"]],
    [{ files: ["out/{id}/tool"], tree: ["out/{id}"] }, ["executable", "library"]],
  ])("%j: %j", async (prebuilt, expected) => {
    expect(await kinds(prebuilt)).toEqual(expected);
  });

  test("any takes sdists, or wheels for every platform", async () => {
    expect(await kinds({ files: ["dist/*.whl", "dist/*.tar.gz"] }, "any")).toEqual(["sdist"]);
    expect(await kinds({ files: ["dist/*.whl"] }, "any")).toEqual(["wheel"]);
  });

  test("no tree where the index has no tag for a wheel", async () => {
    const freebsd = async (prebuilt: object) => {
      const programs = { "freebsd-x64": null };
      return load(
        await prebuiltProject({ targets: ["freebsd-x64"], config: { prebuilt }, programs }),
      );
    };
    const both = await freebsd({ files: ["out/{id}/tool"], tree: ["py/{id}"] });
    const expected = expectedFiles(both, parseTarget("freebsd-x64"));
    expect(expected.map(({ kind }) => kind)).toEqual(["executable"]);
    expect((await userError(plan(await freebsd({ tree: "py/{id}" })))).id).toBe("MA204");
  });

  test("an addon where npm names one", async () => {
    const prebuilt = { files: ["out/{id}/tool.node"] };
    expect(await kinds(prebuilt, "linux-x64-gnu", { npm: { addon: "tool" } })).toEqual(["addon"]);
  });
});

test("a row for every platform is placed and promises no wheel of its own", async () => {
  const prebuilt = { files: ["dist/*.whl", "dist/*.tar.gz"] };
  const { plan: made } = await plan(await project({ prebuilt }, ["linux-x64-gnu", "any"]));
  expect(made.rows.map(({ id, glibc, tool }) => [id, glibc, tool])).toEqual([
    ["any", null, "host"],
    ["linux-x64-gnu", "2.17", "host"],
  ]);
  expect(made.rows[0]?.place).toEqual({ os: "linux", arch: "x64", kind: "hosted" });
  expect(made.warnings).toEqual([]);
});

test("a row that nothing is named for is refused", async () => {
  const error = await userError(plan(await project({}, ["linux-x64", "any"])));
  expect(error.message).toMatch(/MA204 .*any.*\n.*nothing that it names/s);
});
