import * as v from "valibot";
import {
  choice,
  closed,
  command,
  commands,
  flag,
  glibc,
  insidePath,
  insidePaths,
  oneOrMore,
  text,
  texts,
  timeout,
  variableNames,
  variables,
  words,
} from "./parts.ts";

const jobs = 'a number of at least 1, or "auto"';

/** How a target is built; also a key of a target and of a rule. */
export const build = closed({
  command: v.optional(command),
  args: v.optional(words),
  before: v.optional(commands),
  env: v.optional(variables),
  "secret-env": v.optional(variableNames),
  strip: v.optional(flag),
  lto: v.optional(v.union([flag, choice(["thin", "fat", "off"])], "true, false, thin, fat or off")),
  jobs: v.optional(
    v.union([v.literal("auto"), v.pipe(v.number(), v.integer(jobs), v.minValue(1, jobs))], jobs),
  ),
  profile: v.optional(text),
  features: v.optional(texts),
  entry: v.optional(insidePath),
  ldflags: v.optional(oneOrMore),
  transform: v.optional(commands),
  "cache-paths": v.optional(insidePaths),
});

/** What GitHub accepts in `runs-on`: a label, labels that must all fit, or a group. */
export const runsOn = v.union(
  [text, texts, closed({ group: text, labels: v.optional(oneOrMore) })],
  "a label, a list of labels or {group, labels}",
);

/** A target as written; the id may have any spelling. */
export const target = v.union(
  [
    text,
    closed({
      id: text,
      optional: v.optional(flag),
      glibc: v.optional(glibc),
      "runs-on": v.optional(runsOn),
      timeout: v.optional(timeout),
      build: v.optional(build),
    }),
  ],
  "a target, or {id, optional, glibc, runs-on, timeout, build}",
);
export const targets = v.array(target, "a list of targets: [linux-x64, darwin-arm64]");

export type BuildConfig = v.InferOutput<typeof build>;
export type RunsOnConfig = v.InferOutput<typeof runsOn>;
