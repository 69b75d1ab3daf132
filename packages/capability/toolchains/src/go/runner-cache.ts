import { dirname, join } from "node:path";
import type { Log } from "@multiarch/diagnostics";
import { runProcess } from "@multiarch/process";
import { exists, namesIn } from "../files.ts";
import type { Environment } from "../types.ts";
import { type InstalledGo, probeEnvironment, probeGo } from "./installed.ts";
import type { GoPlatform } from "./platform.ts";
import { compareGoVersions, type GoVersion, parseGoVersion } from "./version.ts";

/**
 * A Go in the runner's tool cache: `<root>/go/<version>/<arch>` beside a marker `<arch>.complete`. The marker alone proves nothing, since an installer
 * that was killed leaves it on half a tree: the Go must start, have the version of its folder, and find its tools and its library.
 * Only the wanted minor version counts, its newest patch first: nobody chose the others for this project.
 */
export async function runnerCacheGo(
  env: Environment,
  arch: string,
  platform: GoPlatform,
  wanted: GoVersion,
  log: Log,
): Promise<InstalledGo | null> {
  const cache = env.RUNNER_TOOL_CACHE;
  if (!cache) return null;
  const folder = join(cache, "go");
  const names = await namesIn(folder);
  const versions = names
    .map(parseGoVersion)
    .filter((version): version is GoVersion => version !== null)
    .filter((version) => version.minor === wanted.minor && compareGoVersions(version, wanted) >= 0)
    .sort((left, right) => compareGoVersions(right, left));
  for (const version of versions) {
    const root = join(folder, version.text, arch);
    if (!(await exists(`${root}.complete`))) continue;
    const found = await probeGo(join(root, "bin", platform.executable), env, log);
    if (found?.version.text === version.text && (await isWhole(found, env, log))) return found;
    log.info(`${root} is marked complete, but is not: it is left alone`);
  }
  return null;
}

/** Whether the compiler starts and every package of the standard library is there. Half a second; missing files inside a package stay unseen. */
async function isWhole(go: InstalledGo, env: Environment, log: Log): Promise<boolean> {
  const options = {
    cwd: dirname(go.command),
    env: { ...probeEnvironment(env), GOROOT: go.root },
    timeoutMs: 60_000,
  };
  for (const arguments_ of [
    ["tool", "compile", "-V"],
    ["tool", "link", "-V"],
    ["list", "std"],
  ]) {
    const { code, stderr } = await runProcess(go.command, arguments_, options);
    if (code === 0) continue;
    log.debug(`go ${arguments_.join(" ")}: ${stderr.trim()}`);
    return false;
  }
  return true;
}
