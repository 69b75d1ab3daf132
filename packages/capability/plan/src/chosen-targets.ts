import { UserError } from "@multiarch/diagnostics";
import type { Project, Rule } from "@multiarch/project";
import {
  checkRules,
  type Derived,
  derive,
  type EventFacts,
  firstFitting,
} from "@multiarch/routing";
import { parseTarget, type Target } from "@multiarch/targets";

export interface ChosenTargets {
  /** What gets a row, composed targets taken apart. */
  readonly targets: readonly Target[];
  readonly derived: Derived["derived"];
  readonly excluded: readonly { readonly target: string; readonly why: string }[];
  /** The first rule that fits the event. */
  readonly rule: Rule | undefined;
}

/**
 * Which targets an event builds: those that were asked for, as the first fitting rule changes them.
 * @param fixed the caller named the targets, so that no rule replaces or skips any; its build settings still count
 * @throws UserError MA210 for a rule that can never apply, MA218 for a target that is asked for alone and within another
 */
export function chooseTargets(
  project: Project,
  asked: readonly Target[],
  event: EventFacts,
  fixed: boolean,
): ChosenTargets {
  const rules = project.config.rules ?? [];
  checkRules(rules, "rules");
  const fitting = firstFitting(rules, event);
  const rule = fitting?.rule;
  const ids = asked.map(({ id }) => id);
  const excluded: { target: string; why: string }[] = [];
  let wanted = ids;
  if (fitting !== null && !fixed) {
    const { targets, skip } = fitting.rule;
    if (targets !== undefined) wanted = targets.map(({ id }) => id);
    if (skip === true) wanted = [];
    else if (Array.isArray(skip)) {
      const skipped = new Set(skip.map(({ id }) => id));
      wanted = wanted.filter((id) => !skipped.has(id));
    }
    const verb = targets === undefined || skip === true ? "skips it" : "builds other targets";
    for (const target of ids) {
      if (!wanted.includes(target)) excluded.push({ target, why: `${fitting.name} ${verb}` });
    }
  }
  const { built, derived } = derive(wanted);
  for (const { target, from } of derived) {
    const twice = from.find((part) => wanted.includes(part));
    if (twice === undefined) continue;
    throw new UserError("MA218", {
      what: `${twice} is asked for by itself and as a part of ${target}`,
      expected: `${target}, or ${from.join(" and ")}`,
      found: `${target} and ${twice}`,
    });
  }
  const known = new Map(asked.map((target) => [target.id, target]));
  const targets = built.map((id) => known.get(id) ?? parseTarget(id));
  return { targets, derived, excluded, rule };
}
