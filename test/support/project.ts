import { silentLog } from "@multiarch/diagnostics";
import { type ConfigInput, loadProject, type Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { programFor } from "./binaries.ts";
import { put, temporaryFolder } from "./temporary.ts";

export interface ProjectPlan {
  readonly targets: readonly (string | { id: string; [key: string]: unknown })[];
  /** Laid over the configuration that the project has anyhow. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The prebuilt file of a target instead of the usual one; `null`: there is none. */
  readonly programs?: Readonly<Record<string, Uint8Array | null>>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const documents = { "README.md": "# tool\n\nDoes one thing.\n", LICENSE: "MIT License\n" };

/** A temporary project `tool` 1.2.3 whose programs are there already, at `out/<target>/tool`. */
export async function prebuiltProject(plan: ProjectPlan): Promise<string> {
  const ids = plan.targets.map((target) => (typeof target === "string" ? target : target.id));
  const platforms = ids.filter((id) => parseTarget(id).rows.length > 0);
  const programs = platforms.map((id): [string, Uint8Array | null] => [
    id,
    plan.programs?.[id] === undefined ? programFor(id) : plan.programs[id],
  ]);
  const files = programs.flatMap(([id, bytes]): [string, Uint8Array][] => {
    const name = `out/${id}/tool${parseTarget(id).os === "windows" ? ".exe" : ""}`;
    return bytes === null ? [] : [[name, bytes]];
  });
  return writeProject(plan, { prebuilt: { files: "out/{id}/tool{exe}" } }, files);
}

/**
 * A temporary project `tool` 1.2.3 that a Node script builds. The script finds `target` and `out` as arguments, and every
 * target's program at `programs/<target>`.
 */
export async function commandProject(plan: ProjectPlan & { script: string }): Promise<string> {
  const command = [process.execPath, "build.mjs", "{id}", "{out}"];
  const ids = plan.targets.map((target) => (typeof target === "string" ? target : target.id));
  const { build, ...config } = plan.config ?? {};
  const how = { build: { command, ...(typeof build === "object" ? build : {}) } };
  return writeProject({ ...plan, config }, how, [
    ["build.mjs", Buffer.from(plan.script)],
    ...ids.map((id): [string, Uint8Array] => [`programs/${id}`, programFor(id)]),
  ]);
}

async function writeProject(
  { targets, config = {}, files = {} }: ProjectPlan,
  how: Readonly<Record<string, unknown>>,
  more: readonly (readonly [string, Uint8Array])[],
): Promise<string> {
  const root = await temporaryFolder();
  const all = {
    name: "tool",
    version: "1.2.3",
    description: "Does one thing",
    license: "MIT",
    // Only some of the programs could be started, and only on some machines.
    smoke: false,
    targets,
    ...how,
    ...config,
  };
  // JSON is YAML.
  await put(root, { "multiarch.yml": JSON.stringify(all), ...documents });
  await put(root, Object.fromEntries(more));
  await put(root, files);
  return root;
}

export function load(root: string, overrides: ConfigInput = {}): Promise<Project> {
  return loadProject(root, { overrides, env: {}, log: silentLog });
}
