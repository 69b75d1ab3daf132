import type { Contents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import { identityRules } from "./identity-rules.ts";
import { npmSetRules } from "./npm-set-rules.ts";
import { programRules } from "./program-rules.ts";
import { setFile } from "./set-file.ts";
import type { SetOptions, SetRule } from "./set-rule.ts";
import { targetSetRules } from "./target-set-rules.ts";

/** Every rule over files that lie side by side, in the order in which their findings are told. */
export const setRules: readonly SetRule[] = [
  ...identityRules,
  ...programRules,
  ...npmSetRules,
  ...targetSetRules,
];

/**
 * What only shows when files lie side by side. With `targets` they are one release, whose files must agree; without, they
 * may be anything, and only what contradicts itself is told. The order of the files does not matter.
 * @returns findings; `file` is a package's name, or `release` for what is not there
 */
export function checkSet(files: readonly Contents[], options: SetOptions): Check[] {
  const ordered = [...files].sort((one, other) => (one.path < other.path ? -1 : 1)).map(setFile);
  return setRules.flatMap((rule) => {
    const level = (options.targets === null ? null : rule.releaseLevel) ?? rule.level;
    return rule.find(ordered, options).map(({ file, expected, found }) => ({
      rule: rule.id,
      level,
      file: file ?? "release",
      expected,
      found,
    }));
  });
}
