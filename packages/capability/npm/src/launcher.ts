import { UserError } from "@multiarch/diagnostics";
import { commandText, locatorText } from "./launcher-text.ts";
import { overrideVariable, withOwnFacts } from "./own-facts.ts";
import type { NpmPlan } from "./types.ts";

/**
 * The main package's module with `binaryPath()`, CommonJS without a dependency for Node 18 and later. With a command's
 * name it is that command's file, which lies one folder deeper and starts the program.
 * @throws UserError MA801 two commands whose variables would be one
 */
export function renderLauncher(plan: NpmPlan, version: string, command?: string): string {
  const variables = variablesOf(plan);
  const commands = Object.fromEntries(
    variables.filter(([bin]) => command === undefined || bin === command),
  );
  if (command === undefined) return withOwnFacts(locatorText, plan, version, ".", { commands });
  const text = withOwnFacts(commandText, plan, version, "..", { commands });
  return `#!/usr/bin/env node\n${text}run(${JSON.stringify(command)});\n`;
}

/** Each command with the variable that names another file for it, the default one first. */
function variablesOf(plan: NpmPlan): [bin: string, variable: string][] {
  const owners = new Map<string, string>();
  for (const bin of defaultFirst(plan)) {
    const variable = overrideVariable(bin, "BINARY");
    const other = owners.get(variable);
    if (other !== undefined) {
      throw new UserError("MA801", {
        what: `the commands ${other} and ${bin} would both be overridden by ${variable}`,
        fix: "rename one of them: they differ in nothing but case or punctuation",
      });
    }
    owners.set(variable, bin);
  }
  return [...owners].map(([variable, bin]) => [bin, variable]);
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
