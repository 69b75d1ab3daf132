import { UserError } from "@multiarch/diagnostics";
import type { Project, ProjectWarning } from "./types.ts";

export interface VersionRequest {
  readonly configured: { version: string; where: string } | null;
  readonly manifest: { version: string; where: string } | null;
  readonly tags: readonly string[];
  /** Names that a tag may begin with: `tool-v1.2.3`. */
  readonly names: readonly string[];
  readonly commit: string | null;
}

export type DecidedVersion = Pick<
  Project,
  "version" | "versionFrom" | "publishable" | "publishWhy"
> & {
  /** The tag that names this version, if one is at the commit. */
  readonly tag: string | null;
  readonly warnings: readonly ProjectWarning[];
};

/**
 * The version: the configuration's, else the manifest's, else that of a tag at the commit, else a development version.
 * A tag at the commit must agree with a version that is written down, or nothing may be published.
 * @throws UserError MA140 for a version that is not semantic
 */
export async function decideVersion(request: VersionRequest): Promise<DecidedVersion> {
  const { default: semver } = await import("semver");
  const isVersion = (text: string): boolean =>
    /^[0-9]/.test(text) && semver.parse(text)?.raw === text;
  const tagged = request.tags.flatMap((tag) => {
    const version = spellings(tag, request.names).find(isVersion);
    return version === undefined ? [] : [{ tag, version }];
  });
  const written = request.configured ?? request.manifest;
  if (written !== null) {
    if (!isVersion(written.version)) {
      throw new UserError("MA140", {
        what: "the version is not a semantic version",
        where: written.where,
        expected: "MAJOR.MINOR.PATCH, for example 1.2.3 or 1.2.3-rc.1",
        found: written.version,
        ...(isVersion(written.version.slice(1))
          ? { fix: `write it as ${written.version.slice(1)}` }
          : {}),
      });
    }
    return fromText(written, tagged);
  }
  const [newest, ...others] = tagged.sort(
    (left, right) =>
      semver.compareBuild(right.version, left.version) || (left.tag < right.tag ? -1 : 1),
  );
  if (newest) {
    const rivals = others.filter(({ version }) => version !== newest.version);
    const text = `the commit has the tags ${[newest, ...rivals].map(({ tag }) => tag).join(", ")}; the highest counts`;
    return {
      version: newest.version,
      versionFrom: "tag",
      publishable: true,
      publishWhy: `the tag ${newest.tag}`,
      tag: newest.tag,
      warnings: rivals.length === 0 ? [] : [{ code: "several-version-tags", text }],
    };
  }
  const suffix = request.commit === null ? "0" : `g${request.commit.slice(0, 8)}`;
  return {
    version: `0.0.0-dev.${suffix}`,
    versionFrom: "development",
    publishable: false,
    publishWhy:
      "no version: neither configuration nor manifest has one, and no tag at the commit is one",
    tag: null,
    warnings: [],
  };
}

function fromText(
  written: { version: string; where: string },
  tagged: readonly { tag: string; version: string }[],
): DecidedVersion {
  const { version, where } = written;
  const agreeing = tagged.find((one) => one.version === version);
  const [other] = tagged;
  const differs = agreeing === undefined && other !== undefined;
  const text = `the tag ${other?.tag} differs from the version ${version} of ${where}`;
  return {
    version,
    versionFrom: "manifest",
    publishable: !differs,
    publishWhy: differs ? text : agreeing ? `the tag ${agreeing.tag}` : `the version of ${where}`,
    tag: agreeing?.tag ?? null,
    warnings: differs ? [{ code: "version-differs-from-tag", text }] : [],
  };
}

/** What a tag may mean: itself, without `<name>-`, and each without `v`. */
function spellings(tag: string, names: readonly string[]): string[] {
  const bare = names
    .filter((name) => tag.startsWith(`${name}-`))
    .map((name) => tag.slice(name.length + 1));
  return [tag, ...bare].flatMap((text) => (text.startsWith("v") ? [text.slice(1)] : [text]));
}

/** 1980-01-01: the oldest date that a zip can hold. */
const oldest = 315_532_800;
/** 2107-12-31: the youngest. */
const youngest = 4_354_819_199;

/**
 * The date of every file in every package, in seconds: SOURCE_DATE_EPOCH, else the commit's, else 1980-01-01, which
 * also stands for anything older.
 * @throws UserError MA142
 */
export function decideEpoch(
  env: Readonly<Record<string, string | undefined>>,
  commitTime: number | null,
): number {
  const given = env.SOURCE_DATE_EPOCH;
  if (given !== undefined && given !== "") {
    if (!/^[0-9]{1,10}$/.test(given) || Number(given) > youngest) {
      throw new UserError("MA142", {
        what: "SOURCE_DATE_EPOCH is not a time that archives can hold",
        where: "the environment",
        expected: `whole seconds since 1970, at most ${youngest}`,
        found: given,
      });
    }
    return Math.max(oldest, Number(given));
  }
  return Math.min(youngest, Math.max(oldest, commitTime ?? oldest));
}
