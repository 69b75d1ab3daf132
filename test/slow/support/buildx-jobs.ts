import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildkitPrograms } from "./buildkit.ts";
import { type Ran, run } from "./run.ts";
import { type EndedMain, newJob, runSetup, type SetupJob, variables } from "./setup-steps.ts";

/** A user whose buildx is the plugin of docker, as on hosted runners. */
export function jobWithPlugin(folder: string, script: string, env: SetupJob["env"] = {}): SetupJob {
  const job = newJob(folder, script, env);
  const plugins = join(job.home, ".docker/cli-plugins");
  mkdirSync(plugins, { recursive: true });
  copyFileSync(join(buildkitPrograms(), "buildx"), join(plugins, "docker-buildx"));
  return job;
}

/** What buildx does in that user's hands. */
export function buildx(job: SetupJob, ...args: readonly string[]): Promise<Ran> {
  const program = join(buildkitPrograms(), "buildx");
  return run(program, args, { cwd: job.temporary, env: variables(job) });
}

export function post(main: EndedMain, job: SetupJob): Promise<EndedMain> {
  return runSetup("setup/buildx/post", {}, job, { state: main.state });
}

/** Names of the builders that buildx keeps for this user. */
export function builders(job: SetupJob): string[] {
  return namesIn(join(job.home, ".docker/buildx/instances"));
}

/** What ours keeps for jobs: nothing when all have given back what they took. */
export function leases(job: SetupJob): string[] {
  return namesIn(join(job.home, ".docker/buildx/multiarch"));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Waits for programs that a killed step had started: they have its user's folder in their environment, and end by themselves. */
export async function untilAlone(job: SetupJob): Promise<void> {
  const mark = `HOME=${job.home}\0`;
  const busy = (): boolean =>
    readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && environment(pid).includes(mark));
  while (busy()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    // It has ended meanwhile, or is not ours to look at.
    return "";
  }
}
