import { release, tmpdir } from "node:os";
import type { Log } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { defaultToolCache } from "@multiarch/toolchains";
import type { Environment, Surroundings } from "./types.ts";

/** The machine that this process runs on. */
export async function systemSurroundings(
  env: Environment,
  log: Log,
  temporaryFolder: string = tmpdir(),
): Promise<Surroundings> {
  const { machineArch } = await detectHost(env);
  return {
    env,
    log,
    platform: process.platform,
    machineArch,
    kernel: release(),
    userId: process.geteuid?.() ?? null,
    proc: "/proc",
    toolCache: defaultToolCache(env),
    temporaryFolder,
    now: Date.now,
  };
}
