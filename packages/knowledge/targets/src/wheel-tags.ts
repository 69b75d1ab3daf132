import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "./parse.ts";
import type { Target, TargetRow } from "./types.ts";

/**
 * Exact rows of the target table that platform tags promise to serve, in the table's spelling: `linux-x64-gnu`. A tag for a
 * system that the table does not have (iOS, 32-bit PowerPC Macs) adds none, and neither does `any`.
 */
export function rowsOfTags(platforms: readonly string[]): ReadonlySet<string> {
  // `linux_armv6l`, which names no libc, is no tag of the table, but a spelling of a short id.
  return new Set(platforms.flatMap((platform) => rowsOf(platform).map(({ id }) => id)));
}

function rowsOf(spelling: string): readonly TargetRow[] {
  try {
    return parseTarget(spelling).rows;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Platform tags of a wheel's file name, which ends `…-{python}-{abi}-{platform}.whl`. */
export function platformsOfWheel(fileName: string): string[] {
  return (
    fileName
      .replace(/\.whl$/, "")
      .split("-")
      .at(-1)
      ?.split(".") ?? []
  );
}

/** Whether a wheel with these platform tags is for a target: for one of the systems that it covers, or `any` for both. */
export function servesTarget(platforms: readonly string[], target: Target): boolean {
  if (target.rows.length === 0) return platforms.includes("any");
  const served = rowsOfTags(platforms);
  const both = served.has("darwin-x64") && served.has("darwin-arm64");
  return target.rows.some(
    ({ id, os }) =>
      served.has(id) ||
      (id === "darwin-universal" && both) ||
      (os === "darwin" && served.has("darwin-universal")),
  );
}

/**
 * The one id that says best what a wheel with these platform tags is for: `linux-x64` when it serves both libcs,
 * `darwin-universal` for both processors; `null` for `any`, and for systems that no single id covers.
 */
export function targetOfTags(platforms: readonly string[]): string | null {
  const served = [...rowsOfTags(platforms)];
  const [only] = served;
  if (only === undefined) return null;
  if (served.length === 1) return only;
  if (served.every((id) => id.startsWith("darwin-"))) return "darwin-universal";
  const short = only.slice(0, only.lastIndexOf("-"));
  const covered = rowsOf(short);
  return served.every((id) => covered.some((row) => row.id === id)) ? short : null;
}
