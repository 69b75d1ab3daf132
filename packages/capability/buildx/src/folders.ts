import { isAbsolute, join } from "node:path";
import type { Environment, Surroundings } from "./types.ts";

type Places = Pick<Surroundings, "env" | "home">;

/** Where docker keeps its settings, and plugins of the user. */
export function dockerFolder({ env, home }: Places): string {
  return env.DOCKER_CONFIG || join(home, ".docker");
}

/** Where buildx keeps its builders. */
export function buildxFolder(places: Places): string {
  return places.env.BUILDX_CONFIG || join(dockerFolder(places), "buildx");
}

/** Where ours keeps what belongs to jobs: beside the builders that they made, so that both are seen by the same jobs. */
export function jobsFolder(places: Places): string {
  return join(buildxFolder(places), "multiarch");
}

/** The folders in which docker looks for plugins, in its order. */
export function pluginFolders(
  { env, home, platform }: Places & Pick<Surroundings, "platform">,
  extra: readonly string[],
): string[] {
  return [
    join(dockerFolder({ env, home }), "cli-plugins"),
    ...extra.filter((folder) => isAbsolute(folder)),
    ...(platform === "win32" ? windowsFolders(env) : unixFolders),
  ];
}

const unixFolders = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
];

function windowsFolders(env: Environment): string[] {
  return [env.ProgramData, env.ProgramFiles]
    .filter((folder): folder is string => folder !== undefined && folder !== "")
    .map((folder) => join(folder, "Docker", "cli-plugins"));
}
