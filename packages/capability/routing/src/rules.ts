import { wildcard } from "@multiarch/patterns";
import type { EventFacts } from "./event.ts";

/** `when:` of a rule. Keys are ANDed, the values of a key ORed; a key that is absent asks nothing. */
export interface Condition {
  readonly event?: readonly string[] | undefined;
  readonly ref?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly branch?: readonly string[] | undefined;
  readonly label?: readonly string[] | undefined;
  readonly trusted?: boolean | undefined;
}

/** The first rule that fits the event, and what it is called in reasons. `null`: none does. */
export function firstFitting<Rule extends { readonly when: Condition }>(
  rules: readonly Rule[],
  event: EventFacts,
): { readonly rule: Rule; readonly name: string } | null {
  const index = rules.findIndex(({ when }) => holds(when, event));
  const rule = rules[index];
  return rule === undefined ? null : { rule, name: ruleName(index, rule.when) };
}

export function holds(when: Condition, event: EventFacts): boolean {
  const { label, trusted } = when;
  return (
    some(when.event, event.event) &&
    some(when.ref, event.ref) &&
    some(when.tag, event.tag) &&
    some(when.branch, event.branch) &&
    (label === undefined || event.labels.some((own) => some(label, own))) &&
    (trusted === undefined || trusted === event.trusted)
  );
}

/** `rule 2 (event pull_request, trusted false)`, counted from 1 as people do. */
export function ruleName(index: number, when: Condition): string {
  const parts = Object.entries(when)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(" or ") : String(value)}`);
  return `rule ${index + 1} (${parts.length === 0 ? "always" : parts.join(", ")})`;
}

function some(patterns: readonly string[] | undefined, name: string | null): boolean {
  if (patterns === undefined) return true;
  return name !== null && patterns.some((pattern) => wildcard(pattern)(name));
}
