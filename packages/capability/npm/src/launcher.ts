import { InternalError } from "@multiarch/diagnostics";
import { launcherText } from "./launcher-text.ts";
import type { NpmPlan } from "./types.ts";

/**
 * Node since 18 needs this glibc itself, so a program that needs no more runs wherever the launcher does;
 * asking the system for its version costs milliseconds.
 */
const nodesOwnGlibcMinor = 28;

/**
 * The main package's module, CommonJS without a dependency for Node 18 and later: `binaryPath()`. With a command's name
 * it is that command's file, which lies one folder deeper and starts the program; the text is the same, because loading
 * a second module would cost each start half a millisecond.
 */
export function renderLauncher(plan: NpmPlan, version: string, command?: string): string {
  const glibc = plan.platforms.flatMap(({ suffix, glibc: needed }) =>
    minor(needed) > nodesOwnGlibcMinor ? [[suffix, minor(needed)]] : [],
  );
  const commands = defaultFirst(plan).map((bin) => [bin, overrideVariable(bin)]);
  const fields = {
    main: JSON.stringify(plan.main.name),
    version: JSON.stringify(version),
    root: JSON.stringify(command === undefined ? "." : ".."),
    prefix: JSON.stringify(plan.prefix),
    commands: JSON.stringify(Object.fromEntries(commands)),
    built: `${JSON.stringify(plan.platforms.map(({ suffix }) => suffix).join(" "))}.split(" ")`,
    glibc: JSON.stringify(Object.fromEntries(glibc)),
  };
  const literal = Object.entries(fields).map(([name, value]) => `\t${name}: ${value},\n`);
  const [before, after, ...more] = launcherText.split("__PACKAGE__");
  if (before === undefined || after === undefined || more.length > 0) {
    throw new InternalError(
      "the launcher's text has not exactly one place for the package's facts",
    );
  }
  const text = `${before}{\n${literal.join("")}}${after}`;
  return command === undefined
    ? text
    : `#!/usr/bin/env node\n${text}run(${JSON.stringify(command)});\n`;
}

/** The environment variable that names another executable to be started instead. */
export function overrideVariable(bin: string): string {
  return `${bin.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_BINARY_PATH`;
}

/** glibc has been at major version 2 since 1997. */
function minor(glibc: string | null): number {
  return Number(glibc?.split(".")[1] ?? 0);
}

/** Types of the main package. */
export function renderTypes(plan: NpmPlan): string {
  const names = defaultFirst(plan).map((bin) => JSON.stringify(bin));
  return `/**
 * Absolute path of the native executable for this machine, so that it can be started without Node in between.
 * Throws an Error that says what to do when it is not installed.
 */
export function binaryPath(name?: ${names.join(" | ")}): string;
`;
}

/** The command that has the package's own name is what `binaryPath()` means. */
function defaultFirst({ main }: NpmPlan): string[] {
  const own = main.name.replace(/^.*\//, "");
  return [...main.bins].sort((left, right) => Number(right === own) - Number(left === own));
}
