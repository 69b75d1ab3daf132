import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { prebuiltProject } from "./support/project.ts";
import { type Job, runStep } from "./support/step.ts";
import { temporaryFolder } from "./support/temporary.ts";

// Heavy libraries are in chunks of their own. With those chunks taken away, everything that does not ask for them must work.

const root = join(import.meta.dirname, "..");

/** What only the library's own code says. */
const heavy: readonly (readonly [library: string, mark: RegExp])[] = [
  ["octokit", /octokit-rest\.js/],
  ["the storage client", /azsdk-js-|storage-blob/],
];

describe("without the chunks of octokit and of the storage client", () => {
  let dist: string;
  let where: Job;
  const removed = new Map<string, string[]>();

  beforeAll(async () => {
    dist = join(await temporaryFolder(), "dist");
    await cp(join(root, "dist"), dist, { recursive: true });
    for (const name of await readdir(join(dist, "main"))) {
      const text = await readFile(join(dist, "main", name), "utf8");
      for (const [library, mark] of heavy) {
        if (!name.endsWith(".js") || !mark.test(text)) continue;
        removed.set(library, [...(removed.get(library) ?? []), name]);
      }
    }
    for (const name of [...removed.values()].flat())
      await rm(join(dist, "main", name), { force: true });
    const runners = { "linux-x64": [{ "runs-on": ["self-hosted", "x64"] }] };
    const workspace = await prebuiltProject({
      targets: ["linux-x64", "darwin-arm64"],
      config: { runners, matrix: { test: { target: ["linux-x64"] } } },
    });
    where = { workspace, store: join(await temporaryFolder(), "store") };
  });

  test("there are such chunks, and none is the main one", () => {
    expect([...removed.keys()].sort()).toEqual(["octokit", "the storage client"]);
    expect([...removed.values()].flat()).not.toContain("index.js");
  });

  test.each([
    ["detect", {}],
    ["matrix", {}],
    ["matrix", { name: "test" }],
    ["gate", { jobs: '{"a":{"result":"success"}}' }],
    ["verify", { files: "out/**" }],
  ] as const)("%s with %j works", async (action, inputs) => {
    const { code, errors } = await runStep(action, inputs, where, dist);
    expect([code, errors]).toEqual([0, []]);
  });

  test("only the question for runners needs octokit", async () => {
    const known = { ...where, env: { GITHUB_REPOSITORY: "org/app" } };
    const asked = await runStep("matrix", { "runners-token": "secret" }, known, dist);
    expect(asked.code).not.toBe(0);
  });
});
