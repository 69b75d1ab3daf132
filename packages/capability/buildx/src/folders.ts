import { readFile } from "node:fs/promises";
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

/** The context that docker uses, by its own rules; older versions have no command that says it. Settings that are no JSON are docker's to complain about. */
export async function currentContext(places: Places): Promise<string> {
  if (places.env.DOCKER_HOST) return "default";
  if (places.env.DOCKER_CONTEXT) return places.env.DOCKER_CONTEXT;
  const settings = await dockerSettings(places);
  const name: unknown = Reflect.get(settings, "currentContext");
  return typeof name === "string" && name !== "" ? name : "default";
}

/** docker's settings; empty when there are none that can be read. */
export async function dockerSettings(places: Places): Promise<object> {
  try {
    const text = await readFile(join(dockerFolder(places), "config.json"), "utf8");
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError || Reflect.get(Object(error), "code") === "ENOENT") return {};
    throw error;
  }
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
