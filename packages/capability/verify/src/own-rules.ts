import type { RuleInfo } from "@multiarch/check";

/** What only shows where files are found and opened, or where a release names them. */
export const verifyRules = [
  {
    id: "file/kind",
    level: "note",
    source:
      "a file that was named to be verified is one that nothing is known about; an error where `target` says what it serves",
  },
  {
    id: "file/damaged",
    level: "error",
    source: "no system starts a native file that is cut off or contradicts itself",
  },
  {
    id: "release/absent",
    level: "error",
    source: "a release lists a file that is not there: whoever publishes it fails half way",
  },
  {
    id: "release/hash",
    level: "error",
    source: "a file of a release was changed after the release was made and checked",
  },
  {
    id: "release/unlisted",
    level: "warning",
    source: "a file in a release folder that the release does not list is uploaded with the others",
  },
  {
    id: "release/plan",
    level: "error",
    source: "the plan beside a release is not the one that it was made from",
  },
  {
    id: "release/sums",
    level: "error",
    source: "people check what they downloaded against SHA256SUMS: each archive, and its true hash",
  },
] as const satisfies readonly RuleInfo[];

export type OwnRule = (typeof verifyRules)[number]["id"];

/** The level of a rule of this room. */
export function levelOf(rule: OwnRule): RuleInfo["level"] {
  return verifyRules.find(({ id }) => id === rule)?.level ?? "error";
}
