import { UserError } from "@multiarch/diagnostics";
import { type Condition, ruleName } from "./rules.ts";

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

/** After a rule that always fits, none is ever looked at. */
function unreachable(rules: readonly AnyRule[], index: number): string | null {
  const before = rules
    .slice(0, index)
    .findIndex(({ when }) => Object.values(when).every((value) => value === undefined));
  return before < 0 ? null : `rule ${before + 1} before it always applies`;
}
