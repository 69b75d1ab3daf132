import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildkitPrograms, type Daemon, startBuildkit } from "./support/buildkit.ts";
import { run } from "./support/run.ts";
import {
  bundleActions,
  type EndedMain,
  newJob,
  runSetup,
  type SetupJob,
  variables,
} from "./support/setup-steps.ts";

let folder: string;
let script: string;
let daemons: Daemon[];
let programs: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-buildx-"));
  script = await bundleActions(folder);
  programs = buildkitPrograms();
  daemons = [await startBuildkit(join(folder, "one")), await startBuildkit(join(folder, "two"))];
});
afterAll(() => {
  for (const daemon of daemons) daemon.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A user whose buildx is the plugin of docker, as on hosted runners. */
function jobWithPlugin(env: SetupJob["env"] = {}): SetupJob {
  const job = newJob(folder, script, env);
  const plugins = join(job.home, ".docker/cli-plugins");
  mkdirSync(plugins, { recursive: true });
  copyFileSync(join(programs, "buildx"), join(plugins, "docker-buildx"));
  return job;
}

/** What `buildx` in that user's hands does. */
function buildx(
  job: SetupJob,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return run(join(programs, "buildx"), args, { cwd: folder, env: variables(job) });
}

const [one, two] = [() => daemons[0]?.address ?? "", () => daemons[1]?.address ?? ""];
const post = (main: EndedMain, job: SetupJob): Promise<EndedMain> =>
  runSetup("setup/buildx/post", {}, job, { state: main.state });

describe("a builder on a remote BuildKit", () => {
  test("is made, used, and removed by post; a second node with platforms of its own", async () => {
    const job = jobWithPlugin();
    const append = `- endpoint: ${two()}\n  platforms: linux/arm64\n`;
    const inputs = { driver: "remote", endpoint: one(), platforms: "linux/amd64", append };
    const main = await runSetup("setup/buildx", inputs, job);
    expect([main.code, main.errors, main.warnings]).toEqual([0, [], []]);
    const { name = "", driver, platforms, nodes = "", version } = main.outputs;
    expect(name).toMatch(/^multiarch-[0-9a-f]{16}$/);
    expect([driver, platforms, version]).toEqual(["remote", "linux/amd64,linux/arm64", "0.37.2"]);
    expect(JSON.parse(nodes)).toMatchObject([
      { name: `${name}0`, endpoint: one(), status: "running", platforms: "linux/amd64" },
      { endpoint: two(), status: "running", platforms: "linux/arm64" },
    ]);
    const context = mkdtempSync(join(folder, "context-"));
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    const out = join(context, "out");
    const built = await buildx(job, [
      ...["build", "--platform", "linux/amd64,linux/arm64", "--provenance=false"],
      ...["--output", `type=local,dest=${out}`, context],
    ]);
    if (built.code !== 0) throw new Error(built.output);
    expect(readdirSync(out).sort()).toEqual(["linux_amd64", "linux_arm64"]);
    const ended = await post(main, job);
    expect([ended.code, ended.errors, ended.warnings]).toEqual([0, [], []]);
    expect(ended.log).toContain(`the builder ${name} was removed`);
    expect((await buildx(job, ["inspect", name])).code).toBe(1);
    expect(readdirSync(join(job.home, ".docker/buildx/multiarch"))).toEqual([]);
  });
});
