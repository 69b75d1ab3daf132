import { commandText, locatorText } from "./launcher-text.ts";
import { overrideVariable, withOwnFacts } from "./own-facts.ts";
import type { NpmPlan } from "./types.ts";

/**
 * The main package's module with `binaryPath()`, CommonJS without a dependency for Node 18 and later. With a command's
 * name it is that command's file, which lies one folder deeper and starts the program.
 */
export function renderLauncher(plan: NpmPlan, version: string, command?: string): string {
  const bins = command === undefined ? defaultFirst(plan) : [command];
  const commands = Object.fromEntries(bins.map((bin) => [bin, overrideVariable(bin, "BINARY")]));
  if (command === undefined) return withOwnFacts(locatorText, plan, version, ".", { commands });
  const text = withOwnFacts(commandText, plan, version, "..", { commands });
  return `#!/usr/bin/env node\n${text}run(${JSON.stringify(command)});\n`;
}

/** Types of the module with `binaryPath()`. */
export function renderTypes(plan: NpmPlan): string {
  const names = defaultFirst(plan).map((bin) => JSON.stringify(bin));
  return `/**
 * Absolute path of the native executable for this machine, so that it can be started without Node in between.
 * Throws an Error that says what to do when it is not installed or cannot be started here.
 */
export function binaryPath(name?: ${names.join(" | ")}): string;
`;
}

/** The command that has the package's own name is what `binaryPath()` means. */
function defaultFirst({ main }: NpmPlan): string[] {
  const own = main.name.replace(/^.*\//, "");
  return [...main.bins].sort((left, right) => Number(right === own) - Number(left === own));
}
