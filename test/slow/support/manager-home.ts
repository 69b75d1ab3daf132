import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { component } from "./components.ts";
import type { Manager } from "./managers.ts";
import { freshUser } from "./registry.ts";
import { succeed } from "./run.ts";

/** A project that has nothing but a package manager's settings. */
export interface Home {
  readonly manager: Manager;
  readonly project: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function openHome(manager: Manager, url: string, folder: string): Home {
  const components = component("get-package-managers.sh", "pm");
  const home = join(folder, "home");
  const project = join(folder, "project");
  const bin = join(folder, "bin");
  for (const made of [home, project, bin]) mkdirSync(made, { recursive: true });
  // Under the name that people type: our messages name it, and what they say is run.
  symlinkSync(join(components, "bin", manager.file), join(bin, manager.called));
  const files = { "package.json": '{"private":true}\n', ...manager.files(url) };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  const user = freshUser(home);
  // Package managers are stricter where they believe to be in continuous integration.
  const env = { ...user, CI: undefined, GITHUB_ACTIONS: undefined };
  return { manager, project, env: { ...env, PATH: `${bin}${delimiter}${user.PATH}` } };
}

/** Runs the manager in its project. */
export function manage({ manager, project, env }: Home, args: readonly string[]): Promise<string> {
  return succeed(manager.called, args, { cwd: project, env });
}

/** What a person does by `rm -rf node_modules`. */
export async function forget({ project, manager }: Home): Promise<void> {
  for (const name of ["node_modules", ...(manager.state ?? [])]) {
    await rm(join(project, name), { recursive: true, force: true });
  }
}
