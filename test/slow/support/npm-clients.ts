import { join } from "node:path";
import { full } from "./components.ts";
import { manage, openHome } from "./manager-home.ts";
import { managers } from "./managers.ts";

/** Those with node_modules: all of them in the whole suite, one npm in its core. */
export const clientNames = managers
  .filter(({ state }) => state === undefined)
  .map(({ name }) => name)
  .filter((name) => full || name === "npm 11");

/**
 * Installs a package from a registry into a folder that knows nothing yet.
 * @returns the folder of its commands
 */
export async function installWith(
  name: string,
  specification: string,
  url: string,
  folder: string,
): Promise<{ bin: string; env: Readonly<Record<string, string | undefined>> }> {
  const manager = managers.find((one) => one.name === name);
  if (manager === undefined) throw new Error(`no package manager is called ${name}`);
  const home = openHome(manager, url, folder);
  await manage(home, manager.add(specification));
  return { bin: join(home.project, "node_modules/.bin"), env: home.env };
}
