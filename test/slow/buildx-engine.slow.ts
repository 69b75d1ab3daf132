import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildkitPrograms } from "./support/buildkit.ts";
import { builders, jobWithPlugin, leases, post } from "./support/buildx-jobs.ts";
import { component, root } from "./support/components.ts";
import { run, succeed } from "./support/run.ts";
import { bundleActions, runSetup, type SetupJob } from "./support/setup-steps.ts";

let folder: string;
let script: string;
let pid: number;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-engine-"));
  script = await bundleActions(folder);
  const engine = component("get-engine.sh", "engine");
  const start = join(root, "test/components/start-engine.sh");
  const place = join(folder, "engine");
  pid = Number(await succeed("bash", [start, engine, buildkitPrograms(), place], { cwd: root }));
  environment = {
    DOCKER_HOST: `unix://${join(place, "docker.sock")}`,
    PATH: `${join(engine, "bin")}${delimiter}${process.env.PATH}`,
  };
});
afterAll(async () => {
  process.kill(pid, "SIGTERM");
  while ((await run("kill", ["-0", `${pid}`], { cwd: root })).code === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // What a network namespace of the engine is mounted on stays behind it.
  await run("umount", [join(folder, "engine/exec/netns/default")], { cwd: root });
  rmSync(folder, { recursive: true, force: true });
});

const job = (env: SetupJob["env"] = {}): SetupJob =>
  jobWithPlugin(folder, script, { ...environment, ...env });
const docker = async (...args: string[]): Promise<string> =>
  (await succeed("docker", args, { cwd: folder, env: environment })).trim();
const own = "image=127.0.0.1:9/buildkit:own\nnetwork=host";

test("BuildKit in a container: options, proxies, flags and configuration reach it; post removes it and its state", async () => {
  const mine = job({ HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "localhost,10.0.0.0/8,.corp" });
  const inputs = { "driver-opts": own, "buildkitd-config-inline": "debug = true\n" };
  const main = await runSetup("setup/buildx", inputs, mine);
  expect([main.code, main.errors]).toEqual([0, []]);
  expect(main.warnings).toEqual([expect.stringContaining("the one that is there is used")]);
  const [node] = JSON.parse(main.outputs.nodes ?? "") as Record<string, unknown>[];
  expect(node).toMatchObject({ status: "running", files: { "buildkitd.toml": "debug = true\n" } });
  const container = `buildx_buildkit_${main.outputs.name}0`;
  const made = await docker("inspect", container, "-f", "{{json .Config.Env}} {{json .Args}}");
  for (const part of [
    '"NO_PROXY=localhost,10.0.0.0/8,.corp"',
    '"no_proxy=localhost,10.0.0.0/8,.corp"',
    '"https_proxy=http://127.0.0.1:9"',
    '"security.insecure"',
  ]) {
    expect(made).toContain(part);
  }
  expect((await post(main, mine)).warnings).toEqual([]);
  expect([builders(mine), leases(mine)]).toEqual([[], []]);
  expect([await docker("ps", "-aq"), await docker("volume", "ls", "-q")]).toEqual(["", ""]);
});

test("keep-state leaves the volume for the next job of that name, and nothing else; a killed job's container goes", async () => {
  const mine = job();
  const inputs = { "driver-opts": own, name: "kept", "keep-state": "true" };
  const dead = await runSetup("setup/buildx", inputs, mine, { ownJob: true });
  expect(dead.errors).toEqual([]);
  expect(await docker("ps", "-q")).not.toBe("");
  const main = await runSetup("setup/buildx", inputs, mine);
  expect(main.log).toContain("a job that has ended left kept: it is cleared away");
  expect(main.errors).toEqual([]);
  await post(main, mine);
  const volumes = await docker("volume", "ls", "-q");
  expect([await docker("ps", "-aq"), volumes]).toEqual(["", "buildx_buildkit_kept0_state"]);
  await docker("volume", "rm", volumes);
});

test("the driver docker is the engine itself: nothing is made", async () => {
  const mine = job();
  const main = await runSetup("setup/buildx", { driver: "docker" }, mine);
  expect([main.code, main.errors, main.state]).toEqual([0, [], {}]);
  expect(main.outputs).toMatchObject({ name: "default", driver: "docker" });
  expect(leases(mine)).toEqual([]);
});

test("an image that cannot be had is red, with the engine's words", async () => {
  const mine = job();
  const main = await runSetup(
    "setup/buildx",
    { "driver-opts": "image=127.0.0.1:9/no/such@sha256:zz" },
    mine,
  );
  expect([main.code, main.errors]).toEqual([1, [expect.stringContaining("MA494")]]);
  await post(main, mine);
  expect([builders(mine), leases(mine)]).toEqual([[], []]);
});
