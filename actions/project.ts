import { resolve } from "node:path";
import { type ConfigInput, loadProject, type Project } from "@multiarch/project";
import type { Session } from "./session.ts";

export interface ProjectInputs {
  readonly config: string;
  readonly "working-directory": string;
  readonly builder: string;
}

/** The project of the checkout, with inputs over its configuration. */
export async function openProject(
  inputs: ProjectInputs,
  { env, log, context }: Session,
  overrides: { readonly targets?: readonly string[] },
  { matricesOnly = false }: { readonly matricesOnly?: boolean } = {},
): Promise<Project> {
  const folder = resolve(context.workspace ?? process.cwd(), inputs["working-directory"]);
  const named = inputs.config !== "multiarch.yml";
  const targets = overrides.targets ?? [];
  const builder = inputs.builder as NonNullable<ConfigInput["builder"]>;
  return loadProject(folder, {
    ...(named ? { configPath: inputs.config } : {}),
    overrides: {
      ...(targets.length === 0 ? {} : { targets: [...targets] }),
      ...(builder === "auto" ? {} : { builder }),
    },
    matricesOnly,
    env,
    log,
  });
}
