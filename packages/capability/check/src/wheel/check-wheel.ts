import type { SdistContents, WheelContents } from "@multiarch/contents";
import type { Check } from "@multiarch/contracts";
import type { Declared } from "../declared-type.ts";
import { applyRules, type CheckOptions, type RuleInfo } from "../package-rule.ts";
import { askedRules } from "./asked-rules.ts";
import { expandTags, parseWheelName } from "./file-name.ts";
import type { WheelRule } from "./levels.ts";
import { linuxRules } from "./linux-rules.ts";
import { macosRules } from "./macos-rules.ts";
import { metadataRules } from "./metadata-rules.ts";
import { nameRules } from "./name-rules.ts";
import { neededRules } from "./needed-rules.ts";
import { platformRules } from "./platform-rules.ts";
import { recordRules } from "./record-rules.ts";
import { parseSdistName, sdistRules } from "./sdist.ts";
import { wheelSubject } from "./wheel-subject.ts";
import { zipRules } from "./zip-rules.ts";

/** Every rule about a wheel, in the order in which their findings are told. */
export const wheelRules: readonly WheelRule[] = [
  ...nameRules,
  ...platformRules,
  ...linuxRules,
  ...macosRules,
  ...neededRules,
  ...askedRules,
  ...metadataRules,
  ...recordRules,
  ...zipRules,
];

/**
 * Holds a wheel against its own label, against what installers and the package index ask for, and against what the user
 * asked for. Pure: everything was read before.
 * @returns findings of every level; the wheel is fine when none is an error
 */
export function checkWheel(contents: WheelContents, options: CheckOptions): Check[] {
  return applyRules(wheelRules, wheelSubject(contents), options, contents.name);
}

/** What is known of the rules about wheels and source distributions. */
export const allWheelRules: readonly RuleInfo[] = [...wheelRules, ...sdistRules];

/** What the file name of a wheel says; `undefined` when it cannot be read. */
export function declaredByWheel({ name }: Pick<WheelContents, "name">): Declared | undefined {
  const parsed = parseWheelName(name);
  if (!("project" in parsed)) return undefined;
  return { name: parsed.project, version: parsed.version, tags: expandTags(parsed) };
}

/** What the file name of a source distribution says; `undefined` when it cannot be read. */
export function declaredBySdist({ name }: Pick<SdistContents, "name">): Declared | undefined {
  const parsed = parseSdistName(name);
  return parsed === null ? undefined : { name: parsed.project, version: parsed.version };
}
