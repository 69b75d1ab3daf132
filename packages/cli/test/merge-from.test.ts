import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Release } from "@multiarch/contracts";
import { programFor } from "../../../test/support/binaries.ts";
import { put, temporaryFolder } from "../../../test/support/temporary.ts";
import { document, run } from "./session.ts";

const targets = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "windows-x64"];
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await put(
    join(folder, "downloads"),
    Object.fromEntries(targets.map((id, index) => [`d${index}/download`, programFor(id)])),
  );
});

const from = ["merge", "--from", "downloads", "--name", "x", "--package-version", "1.2.3"];

describe("merge --from", () => {
  test("makes packages of five downloads, and says what each was taken for", async () => {
    const { code, stdout, messages } = await run([...from, "--no-install-test"], folder);
    expect([code, messages]).toEqual([0, expect.stringContaining("those that were found")]);
    for (const [index, id] of targets.entries()) {
      expect(stdout).toMatch(new RegExp(`^${id} +x .*d${index}/download$`, "m"));
    }
    expect(stdout).toMatch(/^x@1\.2\.3 +npm +all/m);
    expect((await readdir(join(folder, "release"))).sort()).toEqual([
      "archives",
      "legs",
      "npm",
      "plan.json",
      "release.json",
      "wheels",
    ]);
  });

  test("installs what it made for this machine", async () => {
    const { code, stdout } = await run([...from, "--no-wheel", "--out", "installed"], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^x +npm +\S+ +(?:ok|not-run)/m);
  });

  test("prints the release as JSON and nothing else", async () => {
    const args = ["--json", "--no-install-test", "--out", "json"];
    const { packages } = document<Release>(await run([...from, ...args], folder));
    expect(packages).toHaveLength(17);
  });

  test.each([
    ["--npm-scope", "@me", ["@me/darwin-arm64@1.2.3", "x@1.2.3"]],
    ["--npm-layout", "alias", ["x@1.2.3-darwin-arm64", "x@1.2.3"]],
  ])("names npm packages by %s %s, and leaves kinds out", async (flag, value, names) => {
    const rest = ["--no-wheel", "--no-archive", "--out", value, "--no-install-test", "--json"];
    const { packages } = document<Release>(await run([...from, flag, value, ...rest], folder));
    expect(new Set(packages.map(({ kind }) => kind))).toEqual(new Set(["npm"]));
    const made = packages.map(({ name, version }) => `${name}@${version}`);
    expect(made).toEqual(expect.arrayContaining(names));
  });

  test("ends with 1 and what to do when a target has no file", async () => {
    const args = ["--targets", `${targets.join()},linux-riscv64`, "--out", "never"];
    const { code, messages } = await run([...from, ...args], folder);
    expect(code).toBe(1);
    expect(messages).toMatch(/MA737 no file was found for linux-riscv64[\s\S]*--allow-missing/);
  });
});
