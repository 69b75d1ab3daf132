import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Plan, Release } from "@multiarch/contracts";
import { cargoProject, fakeRust } from "../../../test/support/fake-rust.ts";
import { document, run } from "./session.ts";

const targets = {
  "linux-x64": "x86_64-unknown-linux-musl",
  "linux-arm64-gnu": "aarch64-unknown-linux-gnu",
  "darwin-arm64": "aarch64-apple-darwin",
  "windows-x64": "x86_64-pc-windows-msvc",
};
/** Linking for macOS and with MSVC needs those systems. */
const left = ["darwin-arm64", "windows-x64"].filter(
  (id) => !id.startsWith(process.platform === "win32" ? "windows" : process.platform),
);

let env: Record<string, string>;
let root: string;
beforeAll(async () => {
  env = await fakeRust(Object.values(targets));
  root = await cargoProject(targets);
});

describe("targets that this machine cannot reach end with 3", () => {
  test("the plan tells them", async () => {
    const ended = await run(["plan", "--json"], root, env);
    expect(ended.code).toBe(3);
    expect(document<Plan>(ended).excluded.map(({ target }) => target)).toEqual(left);
    expect((await run(["plan"], root, env)).stdout).toMatch(/left out +linking/);
  });

  test("the release is made without them, and says so", async () => {
    const ended = await run(["release", "--no-install-test", "--json"], root, env);
    expect(ended.code).toBe(3);
    const release = document<Release>(ended);
    expect(release.missing.map(({ target }) => target)).toEqual(left);
    expect(ended.messages).toContain(`error: ${left[0]} cannot be built here: linking`);
    const archives = await readdir(join(root, "release", "archives"));
    expect(archives).toContain("tool-1.2.3-linux-x64.tar.gz");
    expect(archives).toHaveLength(Object.keys(targets).length - left.length + 1);
  });

  test("unless they may be missing", async () => {
    const flags = ["--no-install-test", "--json", "--allow-missing", left.join(",")];
    const ended = await run(["release", ...flags], root, env);
    expect(ended.code).toBe(0);
    expect(document<Release>(ended).missing).toMatchObject(
      left.map((target) => ({ target, allowedBy: "allow-missing" })),
    );
  });

  test("or are optional", async () => {
    const list = Object.keys(targets).map((id) => ({ id, optional: left.includes(id) }));
    const optional = await cargoProject(targets, { targets: list });
    expect((await run(["plan"], optional, env)).code).toBe(0);
  });
});

test("a machine that reaches nothing has nothing to plan", async () => {
  const ended = await run(["release"], root, { ...env, PATH: join(root, "nothing") });
  expect(ended.code).toBe(1);
  expect(ended.messages).toContain("MA201 there is nothing to build");
  expect(ended.messages).toContain("there is no cargo on PATH");
});

test("cargo is asked through zig for Linux, with the floor of glibc, in a clean environment", async () => {
  const fresh = await cargoProject(targets);
  const secret = { CARGO_REGISTRY_TOKEN: "t0p" };
  const flags = ["--targets", "linux-x64,linux-arm64-gnu", "--no-install-test"];
  expect((await run(["release", ...flags], fresh, { ...env, ...secret })).code).toBe(0);
  const lines = (await readFile(join(fresh, "cargo.log"), "utf8")).trim().split("\n");
  const calls = lines.map((line) => JSON.parse(line) as { args: string[]; env: object });
  expect(calls.map(({ args }) => args.slice(0, 4)).sort()).toEqual([
    ["zigbuild", "--release", "--target", "aarch64-unknown-linux-gnu.2.17"],
    ["zigbuild", "--release", "--target", "x86_64-unknown-linux-musl"],
  ]);
  for (const { env: seen } of calls) {
    expect(seen).toMatchObject({ CARGO_INCREMENTAL: "0", CARGO_PROFILE_RELEASE_STRIP: "symbols" });
    expect(JSON.stringify(seen)).not.toContain("t0p");
  }
});
