import { archiveRules } from "./archive/check-archive.ts";
import { acrossRules } from "./check-across.ts";
import { madeRules } from "./check-made.ts";
import { nativeRules } from "./native/check-native.ts";
import { npmRules } from "./npm/check-npm.ts";
import { tarballRules } from "./npm/tarball-rules.ts";
import type { RuleInfo } from "./package-rule.ts";
import { setRules } from "./set/check-set.ts";
import { allWheelRules } from "./wheel/check-wheel.ts";

/** Every rule: over what a leg made, over finished files of every kind, and over many of them. */
export const allRules: readonly RuleInfo[] = [
  ...madeRules,
  ...acrossRules,
  ...nativeRules,
  ...archiveRules,
  ...tarballRules,
  ...npmRules,
  ...allWheelRules,
  ...setRules,
];
