import { join } from "node:path";
import { findExecutable } from "@multiarch/process";
import { call, succeeded } from "./command.ts";
import { dockerSettings, pluginFolders } from "./folders.ts";
import type { Surroundings } from "./types.ts";
import { versionIn } from "./version.ts";

/** A buildx that was there before us. */
export interface Installed {
  readonly path: string;
  /** Without `v`; null when it says none that can be read. */
  readonly version: string | null;
}

/**
 * The buildx that `docker buildx` would start; without docker the one in the PATH. Null when there is none that runs.
 * @param docker whether there is a docker to be a plugin of
 */
export async function findInstalled(
  surroundings: Surroundings,
  docker: boolean,
): Promise<Installed | null> {
  const path = docker
    ? await findPlugin(surroundings)
    : await findExecutable("buildx", surroundings.env);
  if (path === null) return null;
  const result = await call(path, ["version"], surroundings, { timeoutMs: 60_000 });
  if (!succeeded(result)) {
    surroundings.log.warning(`${path} does not run; another buildx is taken`);
    return null;
  }
  return { path, version: versionIn(result.stdout) };
}

async function findPlugin(surroundings: Surroundings): Promise<string | null> {
  const extra = await extraFolders(surroundings);
  for (const folder of pluginFolders(surroundings, extra)) {
    const path = await findExecutable(join(folder, "docker-buildx"), surroundings.env);
    if (path !== null) return path;
  }
  return null;
}

/** More folders for plugins, from docker's settings. */
async function extraFolders(surroundings: Surroundings): Promise<string[]> {
  const folders: unknown = Reflect.get(await dockerSettings(surroundings), "cliPluginsExtraDirs");
  if (!Array.isArray(folders)) return [];
  return folders.filter((folder): folder is string => typeof folder === "string");
}
