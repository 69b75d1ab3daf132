import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { childEnvironment, runProcess } from "@multiarch/process";
import fc from "fast-check";
import { ample, plainEnvironment } from "./helpers.ts";

const secrets = [
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_RUNTIME_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_CACHE_URL",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_URL",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GITHUB_OUTPUT",
  "GITHUB_ENV",
  "GITHUB_PATH",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_ARTIFACTS",
  "INPUT_GITHUB-TOKEN",
  "INPUT_ANYTHING",
  "STATE_binfmt",
  "NODE_OPTIONS",
  "NODE_AUTH_TOKEN",
  "NPM_TOKEN",
  "TWINE_PASSWORD",
  "CARGO_REGISTRY_TOKEN",
  "CARGO_REGISTRIES_MINE_TOKEN",
  "MATURIN_PYPI_TOKEN",
  "UV_PUBLISH_TOKEN",
  "POETRY_PYPI_TOKEN_MINE",
  "npm_config_//registry.example/:_authToken",
  "NPM_CONFIG__AUTH",
  // Windows does not mind the case of a name, and neither may we.
  "github_token",
  "Node_Options",
];
const harmless = [
  "GITHUB_SHA",
  "GITHUB_ACTIONS",
  "RUNNER_TEMP",
  "CI",
  "RUSTFLAGS",
  "NPM_CONFIG_REGISTRY",
  "MY_INPUT_X",
  "CARGO_TERM_COLOR",
];

const canary = "canary-5f1e";
const environment = Object.fromEntries([
  ...Object.entries(plainEnvironment),
  ...secrets.map((name) => [name, canary]),
  ...harmless.map((name) => [name, "fine"]),
]);

describe("the environment of a child", () => {
  test("holds no secret of ours, as the child itself sees it", async () => {
    const result = await runProcess(
      process.execPath,
      ["-e", "console.log(JSON.stringify(process.env))"],
      { env: childEnvironment(environment), timeoutMs: ample },
    );
    const seen: Record<string, string> = JSON.parse(result.stdout);
    expect(Object.keys(seen).filter((name) => secrets.includes(name))).toEqual([]);
    expect(result.stdout).not.toContain(canary);
    for (const name of harmless) expect(seen[name]).toBe("fine");
  });

  (existsSync("/proc/self/environ") ? test : test.skip)(
    "holds no secret of ours, as the kernel keeps it",
    async () => {
      const result = await runProcess(
        process.execPath,
        ["-e", 'process.stdout.write(require("node:fs").readFileSync("/proc/self/environ"))'],
        { env: childEnvironment(environment), timeoutMs: ample },
      );
      expect(readFileSync("/proc/self/environ").length).toBeGreaterThan(0);
      expect(result.stdout).toContain("RUSTFLAGS=fine");
      expect(result.stdout).not.toContain(canary);
    },
  );

  test("lets pass what the user lists, and adds what we set", () => {
    const made = childEnvironment(
      { NPM_TOKEN: "a", GITHUB_TOKEN: "b", GOFLAGS: "old", GONE: undefined },
      { GOFLAGS: "new", NODE_OPTIONS: "--enable-source-maps" },
      ["npm_token"],
    );
    expect(made).toEqual({ NPM_TOKEN: "a", GOFLAGS: "new", NODE_OPTIONS: "--enable-source-maps" });
  });

  test("changes no value, and invents none", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (env) => {
        const made = childEnvironment(env);
        for (const [name, value] of Object.entries(made)) expect(env[name]).toBe(value);
      }),
    );
  });
});
