import { UserError } from "@multiarch/diagnostics";

/** Which buildx is wished for. Versions without `v`. */
export type VersionWish =
  | { readonly kind: "any" }
  | { readonly kind: "latest" }
  | { readonly kind: "exact"; readonly version: string }
  | { readonly kind: "range"; readonly range: string };

/**
 * Reads the input `version`: empty (any), `latest`, a version, or a range as npm writes them.
 * @throws UserError MA481 for anything else, sources to compile and Docker's own editions included
 */
export async function readVersion(text: string | null): Promise<VersionWish> {
  const wish = (text ?? "").trim();
  if (wish === "") return { kind: "any" };
  if (wish === "latest") return { kind: "latest" };
  if (/^https?:|^git@|#|^(?:cloud|lab):/.test(wish)) {
    throw new UserError("MA481", {
      what: "this version of buildx is not one of its releases",
      expected: "a version such as v0.36.1, a range such as ^0.36, or latest",
      found: wish,
      where: "version",
    });
  }
  const { default: semver } = await import("semver");
  const version = semver.valid(wish);
  if (version !== null) return { kind: "exact", version };
  const range = semver.validRange(wish.replaceAll(/\bv(?=\d)/g, ""));
  if (range === null) {
    throw new UserError("MA481", {
      what: "the version of buildx cannot be read",
      expected: "a version such as v0.36.1, a range such as ^0.36, or latest",
      found: wish,
      where: "version",
    });
  }
  return { kind: "range", range };
}

/** Whether an installed buildx is what is wished for, as far as that can be said without asking anybody: `latest` cannot. */
export async function satisfies(version: string, wish: VersionWish): Promise<boolean> {
  if (wish.kind === "any") return true;
  if (wish.kind === "latest") return false;
  const { default: semver } = await import("semver");
  const plain = release(version);
  if (wish.kind === "exact") return semver.valid(plain) === wish.version;
  return semver.satisfies(plain, wish.range);
}

/** The newest of some versions that fits; null when none does. */
export async function newestOf(
  versions: readonly string[],
  wish: VersionWish,
): Promise<string | null> {
  const { default: semver } = await import("semver");
  const range = wish.kind === "exact" ? wish.version : wish.kind === "range" ? wish.range : "*";
  return semver.maxSatisfying([...versions], range);
}

/** Docker Desktop and distributions put words of their own behind the version that they were made from. */
function release(version: string): string {
  return version.replace(/^v/, "").replace(/[-+](?:desktop|ds|dfsg|\dubuntu).*$/, "");
}

/** The version in what `buildx version` writes: `github.com/docker/buildx v0.37.2 <commit>`; null when there is none. */
export function versionIn(output: string): string | null {
  return /\bv?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.~+-]+)?)/.exec(output)?.[1] ?? null;
}
