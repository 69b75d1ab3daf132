import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment, ToolHost } from "./types.ts";

/** The machine this runs on, in the words of facts. */
export function thisHost(): ToolHost {
  const os = { win32: "windows" }[process.platform as string] ?? process.platform;
  return { os, arch: process.arch };
}

/** The user's own folder as the environment names it; the account's when it names none. */
export function homeFolder(env: Environment, os: string): string {
  const named = os === "windows" ? env.USERPROFILE : env.HOME;
  return named || homedir();
}

/**
 * Where fetched tools are kept: `multiarch` in the runner's tool cache, else in the user's cache folder. A folder of our own also in the
 * runner's: its layout `<tool>/<version>/<arch>` belongs to other installers.
 */
export function defaultToolCache(env: Environment, host: ToolHost = thisHost()): string {
  if (env.RUNNER_TOOL_CACHE) return join(env.RUNNER_TOOL_CACHE, "multiarch");
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "multiarch");
  if (host.os === "windows") {
    const local = env.LOCALAPPDATA || join(homeFolder(env, host.os), "AppData", "Local");
    return join(local, "multiarch");
  }
  return join(homeFolder(env, host.os), ".cache", "multiarch");
}
