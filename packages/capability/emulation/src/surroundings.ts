import { release, tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "@multiarch/diagnostics";
import type { Environment, Surroundings } from "./types.ts";

/** The machine that this process runs on. */
export async function systemSurroundings(
  env: Environment,
  log: Log,
  temporaryFolder: string = tmpdir(),
): Promise<Surroundings> {
  const { detectHost } = await import("@multiarch/host");
  const { machineArch } = await detectHost(env);
  return { ...(await releaseSurroundings(env, log, temporaryFolder)), machineArch };
}

/** As much of it as taking back needs, which is known at once. */
export async function releaseSurroundings(
  env: Environment,
  log: Log,
  temporaryFolder: string = tmpdir(),
): Promise<Surroundings> {
  return {
    env,
    log,
    platform: process.platform,
    machineArch: null,
    kernel: release(),
    userId: process.geteuid?.() ?? null,
    proc: "/proc",
    toolCache: await toolCacheOf(env),
    temporaryFolder,
    now: Date.now,
  };
}

/** On a runner without loading the room that knows all other places. */
async function toolCacheOf(env: Environment): Promise<string> {
  if (env.RUNNER_TOOL_CACHE) return join(env.RUNNER_TOOL_CACHE, "multiarch");
  return (await import("@multiarch/toolchains")).defaultToolCache(env);
}
