import { describe, expect, test } from "@jest/globals";
import { validConfig } from "../src/config/load-config.ts";
import { mergeDeep, settingsFor } from "../src/settings.ts";

function settings(config: unknown, target: string, rule = -1) {
  const valid = validConfig(config, () => "test");
  return settingsFor({ config: valid }, target, valid.rules?.[rule]);
}

describe("settings of a target", () => {
  test("have defaults", () => {
    expect(settings({}, "linux-x64")).toEqual({
      id: "linux-x64",
      optional: false,
      glibc: null,
      timeout: 60,
      build: { strip: true },
      runsOn: null,
    });
  });

  const config = {
    glibc: "2.28",
    timeout: 30,
    build: { strip: false, args: ["top"], env: { A: "top", B: "top" }, features: ["f"] },
    targets: [
      "darwin-arm64",
      {
        id: "linux-x64-gnu",
        optional: true,
        glibc: "2.17",
        "runs-on": ["self-hosted", "x"],
        build: { args: ["own"], env: { B: "own", C: "own" } },
      },
    ],
    rules: [
      {
        when: { event: "pull_request" },
        targets: [{ id: "linux-x64-gnu", timeout: 5, build: { env: { C: "target" } } }],
        build: { strip: true, env: { A: "rule", C: "rule" } },
      },
    ],
  };

  test("are the top level where the target says nothing", () => {
    expect(settings(config, "darwin-arm64")).toMatchObject({
      optional: false,
      glibc: "2.28",
      timeout: 30,
      runsOn: null,
      build: config.build,
    });
  });

  test("are the target's over the top level: objects merged, lists replaced", () => {
    expect(settings(config, "linux-x64-gnu")).toEqual({
      id: "linux-x64-gnu",
      optional: true,
      glibc: "2.17",
      timeout: 30,
      runsOn: ["self-hosted", "x"],
      build: {
        strip: false,
        args: ["own"],
        env: { A: "top", B: "own", C: "own" },
        features: ["f"],
      },
    });
  });

  test("are the rule's over both", () => {
    expect(settings(config, "linux-x64-gnu", 0)).toMatchObject({
      timeout: 5,
      build: { strip: true, args: ["own"], env: { A: "rule", B: "own", C: "target" } },
    });
  });

  test("merging changes neither side", () => {
    const base = Object.freeze({ a: Object.freeze({ b: 1 }), c: 1 });
    expect(mergeDeep(base, { a: { d: 2 }, c: undefined })).toEqual({ a: { b: 1, d: 2 }, c: 1 });
  });
});
