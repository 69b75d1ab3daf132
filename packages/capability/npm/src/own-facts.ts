import { InternalError } from "@multiarch/diagnostics";
import { helpModule } from "./main-package.ts";
import type { NpmPlan, PlannedPlatform } from "./types.ts";

/**
 * Node since 18 needs this glibc itself, so a native file that needs no more runs wherever its package is asked for;
 * asking the system for its version costs milliseconds.
 */
const nodesOwnGlibcMinor = 28;

/**
 * Puts what a module must know of its package into the module's text.
 * @param root path from the module to the main package's folder
 */
export function withOwnFacts(
  text: string,
  plan: NpmPlan,
  version: string,
  root: "." | "..",
  more: Readonly<Record<string, unknown>>,
): string {
  const facts = {
    name: plan.main.name,
    version,
    root,
    help: helpModule(plan.main),
    prefix: plan.prefix,
    built: plan.platforms.map(entry).join(" "),
    ...more,
  };
  const literal = Object.entries(facts).map(
    ([name, value]) => `\t${name}: ${JSON.stringify(value)},\n`,
  );
  const [before, after, ...others] = text.split("__PACKAGE__");
  if (before === undefined || after === undefined || others.length > 0) {
    throw new InternalError("a launcher's text has not exactly one place for the package's facts");
  }
  return `${before}{\n${literal.join("")}}${after}`;
}

/** One platform in the table of the texts: `linux-x64-gnu:34`, `linux-x64-musl:musl`, `win32-x64`. */
function entry({ suffix, os, cpu, libc, glibc }: PlannedPlatform): string {
  const universal = suffix === `${os}-universal`;
  if (!universal && !cpu.every((one) => `${suffix}-`.startsWith(`${os}-${one}-`))) {
    throw new InternalError(`the launcher cannot tell that ${suffix} is for ${os} ${cpu.join()}`);
  }
  if (libc === null) return suffix;
  return `${suffix}:${libc === "musl" ? libc : Math.max(nodesOwnGlibcMinor, minor(glibc))}`;
}

/** glibc has been at major version 2 since 1997. */
function minor(glibc: string | null): number {
  return Number(glibc?.split(".")[1] ?? 0);
}

/**
 * The environment variable that names another file to be used instead: `my-tool.js` is MY_TOOL_JS_BINARY_PATH. It begins
 * with `_` for a name that begins with a digit, because shells could not set it otherwise.
 */
export function overrideVariable(name: string, what: "BINARY" | "ADDON"): string {
  const words = name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
  return `${/^\d/.test(words) ? "_" : ""}${words}_${what}_PATH`;
}
