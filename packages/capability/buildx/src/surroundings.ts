import { homedir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@multiarch/diagnostics";
import { defaultToolCache } from "@multiarch/toolchains";
import type { Environment, Surroundings } from "./types.ts";

/** The machine that this process runs on. */
export function systemSurroundings(
  env: Environment,
  log: Log,
  temporaryFolder: string,
): Surroundings {
  const home = process.platform === "win32" ? env.USERPROFILE : env.HOME;
  return {
    env,
    log,
    platform: process.platform,
    arch: process.arch,
    armVersion: armVersion(),
    home: home || homedir(),
    toolCache: defaultToolCache(env),
    temporaryFolder,
    parent: process.ppid,
    proc: "/proc",
    now: Date.now,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
  };
}

/** What Node was compiled for; its types do not know the variable, which exists on 32-bit Arm only. */
function armVersion(): number | null {
  const version = Reflect.get(process.config.variables, "arm_version");
  return process.arch === "arm" && version !== undefined ? Number(version) : null;
}
