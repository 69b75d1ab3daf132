import * as v from "valibot";

/** Ids of plans, rows, packages: they become parts of file, artifact and job names. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,64}$/, "an id of 1 to 64 of a-z, 0-9 and -"),
);
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "a sha256 of 64 hex digits"));
/** Relative, with `/`, without `.` or `..` parts: the same names that an archive may hold. */
export const relativePath = v.pipe(
  v.string(),
  v.maxLength(1024),
  v.regex(
    /^(?!\/)(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\\p{Cc}:]+$/u,
    "a relative path without . or .. parts",
  ),
);
export const text = v.pipe(v.string(), v.maxLength(65_536));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const json = v.unknown();

export const tool = v.object({ version: text, sha: v.nullable(text) });

/** The builders that exist; a row names one. */
export const builderNames = [
  "go",
  "cargo",
  "maturin",
  "zig",
  "docker",
  "nuitka",
  "bun",
  "command",
  "prebuilt",
] as const;
export type BuilderName = (typeof builderNames)[number];

export const fileKinds = [
  "executable",
  "addon",
  "library",
  "wheel",
  "sdist",
  "npm-tree",
  "oci-layout",
  "other",
] as const;
export type FileKind = (typeof fileKinds)[number];

export const check = v.object({
  rule: text,
  level: v.picklist(["error", "warning", "note"]),
  file: text,
  expected: text,
  found: text,
});
/** One finding of a rule about one file. */
export type Check = v.InferOutput<typeof check>;

export const project = v.object({
  name: text,
  version: text,
  commit: v.nullable(text),
  ref: v.nullable(text),
  repository: v.nullable(text),
  repositoryId: v.nullable(text),
  /** Seconds: SOURCE_DATE_EPOCH, else the commit's date, else 315532800 (1980-01-01, the oldest date a zip can hold). */
  epoch: count,
});
/** Whose files these are, and the date that every file in them carries. */
export type ProjectIdentity = v.InferOutput<typeof project>;
