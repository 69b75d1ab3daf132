import { describe, expect, test } from "@jest/globals";
import { decideEpoch, decideVersion } from "../src/version.ts";
import { userError } from "./temporary.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

describe("the version", () => {
  function decide(
    written: { configured?: string; manifest?: string },
    tags: string[] = [],
    at: string | null = commit,
  ) {
    const { configured, manifest } = written;
    return decideVersion({
      configured:
        configured === undefined ? null : { version: configured, where: "multiarch.yml:1:10" },
      manifest: manifest === undefined ? null : { version: manifest, where: "Cargo.toml" },
      tags,
      names: ["tool", "tool-cli"],
      commit: at,
    });
  }

  test.each<[string, Parameters<typeof decide>, [string, string, boolean], RegExp]>([
    ["the manifest's", [{ manifest: "1.2.3" }], ["1.2.3", "manifest", true], /Cargo\.toml/],
    [
      "the configuration's first",
      [{ configured: "2.0.0", manifest: "1.2.3" }],
      ["2.0.0", "manifest", true],
      /multiarch\.yml/,
    ],
    [
      "a tag agrees",
      [{ manifest: "1.2.3" }, ["latest", "v1.2.3"]],
      ["1.2.3", "manifest", true],
      /tag v1\.2\.3/,
    ],
    [
      "a tag without v agrees",
      [{ manifest: "1.2.3" }, ["1.2.3"]],
      ["1.2.3", "manifest", true],
      /tag/,
    ],
    [
      "a tag with the name agrees",
      [{ manifest: "1.2.3" }, ["tool-v1.2.3"]],
      ["1.2.3", "manifest", true],
      /tag/,
    ],
    [
      "a tag with a package's name",
      [{ manifest: "1.2.3" }, ["tool-cli-1.2.3"]],
      ["1.2.3", "manifest", true],
      /tag/,
    ],
    [
      "a tag differs",
      [{ manifest: "1.2.3" }, ["v1.2.4"]],
      ["1.2.3", "manifest", false],
      /v1\.2\.4 differs.*1\.2\.3/,
    ],
    [
      "one of two tags agrees",
      [{ manifest: "1.2.3" }, ["v1.2.4", "v1.2.3"]],
      ["1.2.3", "manifest", true],
      /tag v1\.2\.3/,
    ],
    [
      "a prerelease is another version",
      [{ manifest: "1.2.3" }, ["v1.2.3-rc.1"]],
      ["1.2.3", "manifest", false],
      /differs/,
    ],
    [
      "build metadata is another version",
      [{ manifest: "1.2.3" }, ["v1.2.3+x"]],
      ["1.2.3", "manifest", false],
      /differs/,
    ],
    [
      "another product's tag says nothing",
      [{ manifest: "1.2.3" }, ["other-v9.9.9"]],
      ["1.2.3", "manifest", true],
      /Cargo/,
    ],
    [
      "moving tags say nothing",
      [{ manifest: "1.2.3" }, ["v1", "v1.2", "nightly"]],
      ["1.2.3", "manifest", true],
      /Cargo/,
    ],
    ["the tag's", [{}, ["v1.2.3"]], ["1.2.3", "tag", true], /tag v1\.2\.3/],
    [
      "the highest tag's",
      [{}, ["v1.2.3-rc.1", "v1.2.3", "v1.2"]],
      ["1.2.3", "tag", true],
      /v1\.2\.3/,
    ],
    [
      "a tag that is no version",
      [{}, ["v1.2", "v01.2.3"]],
      ["0.0.0-dev.g01234567", "development", false],
      /no version/,
    ],
    ["none at all", [{}], ["0.0.0-dev.g01234567", "development", false], /no version/],
    ["none, without a commit", [{}, [], null], ["0.0.0-dev.0", "development", false], /no version/],
  ])("%s", async (_what, args, [version, versionFrom, publishable], why) => {
    const decided = await decide(...args);
    expect(decided).toMatchObject({ version, versionFrom, publishable });
    expect(decided.publishWhy).toMatch(why);
  });

  test("tags that differ are told", async () => {
    expect((await decide({}, ["v1.0.0", "v2.0.0"])).warnings).toEqual([
      {
        code: "several-version-tags",
        text: "the commit has the tags v2.0.0, v1.0.0; the highest counts",
      },
    ]);
    expect((await decide({ manifest: "1.0.0" }, ["v2.0.0"])).warnings).toMatchObject([
      { code: "version-differs-from-tag" },
    ]);
    expect((await decide({}, ["v1.0.0", "tool-v1.0.0"])).warnings).toEqual([]);
  });

  test.each([
    "1.2",
    "v1.2.3",
    "=1.2.3",
    " 1.2.3",
    "1.2.3.4",
    "01.2.3",
    "1.2.3-",
    "1.2.3-01",
    "latest",
    "1.2.x",
  ])("%j is no semantic version", async (version) => {
    const error = await userError(decide({ configured: version }));
    expect(error.id).toBe("MA140");
    expect(error.details).toMatchObject({ found: version, where: "multiarch.yml:1:10" });
  });

  test("a version with the v of a tag is told without it", async () => {
    const error = await userError(decide({ configured: "v1.2.3-rc.1" }));
    expect(error.details.fix).toBe("write it as 1.2.3-rc.1");
  });

  test.each(["1.2.3-rc.1", "1.2.3+build.5", "0.0.0", "1.2.3-0.a-b"])(
    "%j is one",
    async (version) => {
      expect((await decide({ manifest: version })).version).toBe(version);
    },
  );
});

describe("the date", () => {
  test.each<[string | undefined, number | null, number]>([
    [undefined, null, 315_532_800],
    [undefined, 1_700_000_000, 1_700_000_000],
    [undefined, 5, 315_532_800],
    [undefined, 9_000_000_000, 4_354_819_199],
    ["", 1_700_000_000, 1_700_000_000],
    ["1600000000", 1_700_000_000, 1_600_000_000],
    ["0", 1_700_000_000, 315_532_800],
    ["4354819199", null, 4_354_819_199],
  ])("SOURCE_DATE_EPOCH %j and commit %j give %j", (given, commitTime, expected) => {
    const env = given === undefined ? {} : { SOURCE_DATE_EPOCH: given };
    expect(decideEpoch(env, commitTime)).toBe(expected);
  });

  test.each(["now", "-1", "1.5", "1e9", " 1", "4354819200", "99999999999"])(
    "SOURCE_DATE_EPOCH %j is refused",
    async (given) => {
      const error = await userError(() => decideEpoch({ SOURCE_DATE_EPOCH: given }, null));
      expect([error.id, error.details.found]).toEqual(["MA142", given]);
    },
  );
});
