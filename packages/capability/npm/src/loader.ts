import { InternalError } from "@multiarch/diagnostics";
import { addonText } from "./launcher-text.ts";
import { overrideVariable, withOwnFacts } from "./own-facts.ts";
import type { NpmPlan } from "./types.ts";

/**
 * The main package's module that is the addon: it exports what the `.node` file for this machine exports. CommonJS without
 * a dependency, for Node 18 and later. The variable that names another file has the whole package's name: ME_SUM_ADDON_PATH
 * for `@me/sum`.
 */
export function renderLoader(plan: NpmPlan, version: string): string {
  const { name, addon } = plan.main;
  if (addon === null) throw new InternalError(`${name} has no addon to load`);
  const variable = overrideVariable(name.replace(/^@/, ""), "ADDON");
  return withOwnFacts(addonText, plan, version, ".", { addon: addon.file, variable });
}

/** Types of that module, where the project brings none. */
export const loaderTypes = "declare const addon: any;\nexport = addon;\n";
