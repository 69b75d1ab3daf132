import { InternalError, UserError } from "@multiarch/diagnostics";
import type { GoRelease, GoTable } from "./table.ts";
import { compareGoVersions, type GoVersion, parseGoVersion } from "./version.ts";

/**
 * The version that a project asks for; null when it asks for nothing.
 * @throws UserError MA353 for a line that names no version.
 */
export function wantedVersion(line: string | null): GoVersion | null {
  const text = line?.replace(/^toolchain +/, "").trim() ?? "";
  // `toolchain default` and GOTOOLCHAIN's `local` say: whatever is there.
  if (text === "" || text === "default" || text === "local") return null;
  const version = parseGoVersion(text);
  if (version !== null) return version;
  throw new UserError("MA353", {
    what: "the Go version of the project cannot be read",
    expected: "1.25, 1.25.3 or go1.25.3",
    found: text,
    where: "go.mod",
  });
}

/**
 * The release to fetch: the latest patch of the wanted minor version, because a newest Go is not the best one (dependencies that read
 * the runtime's internals break); the next minor version where that patch is older than wanted. Null: the table knows none.
 */
export function releaseToFetch(table: GoTable, wanted: GoVersion | null): GoRelease | null {
  const atLeast = wanted ?? parsed(table.defaultMinor);
  return (
    table.releases.find(({ version }) => compareGoVersions(parsed(version), atLeast) >= 0) ?? null
  );
}

/** Of what is installed: the first one of the wanted minor version, else the first newer one; never an older one. */
export function suitable<T extends { readonly version: GoVersion }>(
  installed: readonly T[],
  wanted: GoVersion | null,
): T | null {
  if (wanted === null) return installed[0] ?? null;
  const enough = installed.filter(({ version }) => compareGoVersions(version, wanted) >= 0);
  return enough.find(({ version }) => version.minor === wanted.minor) ?? enough[0] ?? null;
}

function parsed(text: string): GoVersion {
  const version = parseGoVersion(text);
  if (version === null) throw new InternalError(`the table of Go releases has ${text}`);
  return version;
}
