import * as v from "valibot";
import { build, runsOn, targets } from "./build-schema.ts";
import { choice, closed, flag, oneOrMore, text } from "./parts.ts";

const when = closed({
  event: v.optional(oneOrMore),
  ref: v.optional(oneOrMore),
  tag: v.optional(oneOrMore),
  branch: v.optional(oneOrMore),
  label: v.optional(oneOrMore),
  trusted: v.optional(flag),
});

export const rules = v.array(
  closed({
    when,
    targets: v.optional(targets),
    build: v.optional(build),
    skip: v.optional(v.union([flag, targets], "true, false or a list of targets")),
  }),
  "a list of rules: [{when: {event: pull_request}, targets: [linux-x64]}]",
);

const runner = v.union(
  [
    text,
    closed({
      "runs-on": v.optional(runsOn),
      when: v.optional(choice(["idle", "online", "always"])),
      only: v.optional(oneOrMore),
      emulate: v.optional(flag),
    }),
  ],
  "a label, or {runs-on, when, only, emulate}",
);

/** Keys are `default` or the leading components of a target id: `linux-arm64` covers `linux-arm64-gnu`. */
export const runners = v.record(
  text,
  v.array(
    runner,
    "a list of runners: [{runs-on: [self-hosted, arm64], when: idle}, ubuntu-24.04-arm]",
  ),
  "prefixes of targets, each with a list of runners",
);

const cell = v.union([v.string(), v.number(), v.boolean()], "text, a number, true or false");
const axis = v.array(cell, "a list of values");
const combinations = v.array(
  v.record(text, cell, "names of axes with a value each"),
  "a list of combinations: [{target: linux-x64}]",
);

/** Matrices for the user's own jobs: axes of values, and rules that narrow an axis. */
export const matrix = v.record(
  v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/, "a name of 1 to 64 of a-z, 0-9 and -")),
  v.objectWithRest(
    {
      include: v.optional(combinations),
      exclude: v.optional(combinations),
      rules: v.optional(v.array(v.objectWithRest({ when }, axis), "a list of rules")),
    },
    axis,
    "axes, each with a list of values",
  ),
  "names of matrices, each with its axes",
);

export type RuleConfig = v.InferOutput<typeof rules>[number];
