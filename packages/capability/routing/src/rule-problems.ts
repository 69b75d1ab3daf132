import { nearest, UserError } from "@multiarch/diagnostics";
import { workflowEvents } from "./event.ts";
import { type Condition, ruleName } from "./rules.ts";

/** The event that was meant by a name that none has; `null` for names that are right, patterns, and what may be new. */
export function misspeltEvent(name: string): string | null {
  if (workflowEvents.includes(name) || name === "local" || /[*?]/.test(name)) return null;
  return nearest(name, workflowEvents, 2) ?? null;
}

interface AnyRule {
  readonly when: Condition;
  readonly targets?: unknown;
  readonly skip?: unknown;
}

/** Events whose ref is never a tag. */
const withoutTag = /^(?:pull_request(?:_target|_review|_review_comment)?|merge_group|schedule)$/;

/**
 * Rules that can never do what they say are mistakes, and would otherwise be found on the day of a release.
 * @param where the key that holds the rules, `rules` or `matrix.test.rules`
 * @throws UserError MA210
 */
export function checkRules(rules: readonly AnyRule[], where: string): void {
  for (const [index, rule] of rules.entries()) {
    const why = contradiction(rule) ?? unreachable(rules, index);
    if (why === null) continue;
    throw new UserError("MA210", {
      what: `${ruleName(index, rule.when)} can never apply: ${why}`,
      where: `${where}[${index}]`,
    });
  }
}

function contradiction({ when, targets, skip }: AnyRule): string | null {
  const { event, tag, branch, ref, label } = when;
  for (const [key, value] of Object.entries(when)) {
    if (Array.isArray(value) && value.length === 0) return `${key} is an empty list`;
  }
  for (const name of event ?? []) {
    const meant = misspeltEvent(name);
    if (meant !== null) return `no event is called ${name}; ${meant} is`;
  }
  if (tag && branch) return "no event has a tag and a branch";
  if (tag && ref?.every((pattern) => /^refs\/(?:heads|pull)\//.test(pattern))) {
    return "the ref of a tag starts with refs/tags/";
  }
  if (branch && ref?.every((pattern) => pattern.startsWith("refs/tags/"))) {
    return "the ref of a branch does not start with refs/tags/";
  }
  if (tag && event?.every((name) => withoutTag.test(name))) {
    return `${event.join(" and ")} never come from a tag`;
  }
  if (label && event && !event.some((name) => /pull_request|[*?]/.test(name))) {
    return "only pull requests have labels";
  }
  if (skip === true && targets !== undefined) return "it skips everything and also names targets";
  return null;
}

/** After a rule that fits whatever this one fits, this one is never looked at. */
function unreachable(rules: readonly AnyRule[], index: number): string | null {
  const when = rules[index]?.when ?? {};
  const before = rules.slice(0, index).findIndex((rule) => asksNoMore(rule.when, when));
  if (before < 0) return null;
  const always = Object.values(rules[before]?.when ?? {}).every((value) => value === undefined);
  return `rule ${before + 1} before it ${always ? "always applies" : "applies whenever it would"}`;
}

/** Whether each condition of one rule is a condition of the other, with all of its values or fewer. */
function asksNoMore(one: Condition, other: Condition): boolean {
  const values = new Map(Object.entries(other));
  return Object.entries(one).every(([key, allowed]) => {
    const asked = values.get(key);
    if (allowed === undefined || asked === allowed) return true;
    if (!Array.isArray(allowed) || !Array.isArray(asked)) return false;
    return asked.every((value) => allowed.includes(value));
  });
}
