import { UserError } from "@multiarch/diagnostics";
import { wildcard } from "@multiarch/patterns";
import type { EventFacts } from "./event.ts";
import { misspeltEvent } from "./rule-problems.ts";
import { groupName, groupOf, type RunsOn } from "./runs-on.ts";

/** When a candidate may be taken: a runner is idle now, is at least online, or the question is not asked. */
export type When = "idle" | "online" | "always";

/** An entry of `runners:` as configured; text is a label of a hosted runner. */
export type RunnerEntry =
  | string
  | {
      readonly "runs-on"?: RunsOn | undefined;
      readonly when?: When | undefined;
      readonly only?: readonly string[] | undefined;
      readonly emulate?: boolean | undefined;
    };

/** By prefix of target ids, or `default`. */
export type RunnerTable = Readonly<Record<string, readonly RunnerEntry[]>>;

/** One place that may be asked for, in the order of preference. */
export interface Candidate {
  /** `null`: hosted Linux x64 with an emulator. */
  readonly runsOn: RunsOn | null;
  readonly when: When;
  /** The place in the configuration, for reasons and errors: `runners.linux-arm64[0]`. */
  readonly from: string;
  /** Why this event must not use it; `null`: it may. */
  readonly closed: string | null;
}

/**
 * The candidates of the longest prefix of whole components that fits the target; none when nothing is configured for it.
 * @throws UserError MA210 for a misspelt event
 */
export function candidatesFor(
  targetId: string,
  table: RunnerTable,
  event: EventFacts,
): readonly Candidate[] {
  const key = longestPrefix(targetId, Object.keys(table));
  if (key === undefined) return [];
  return (table[key] ?? []).map((entry, index) => {
    const from = `runners.${key}[${index}]`;
    if (typeof entry === "string") return { runsOn: entry, when: "always", from, closed: null };
    const { "runs-on": runsOn, when, only, emulate } = entry;
    for (const name of only ?? []) checkEvent(name, from);
    const open = only === undefined || only.some((pattern) => wildcard(pattern)(event.event));
    return {
      runsOn: emulate === true ? null : (runsOn ?? null),
      when: when ?? "idle",
      from,
      closed: open ? null : `only for ${only.join(", ")}`,
    };
  });
}

/** @throws UserError MA210 for an event that none is called, so that the candidate would never be taken */
function checkEvent(name: string, from: string): void {
  const meant = misspeltEvent(name);
  if (meant === null) return;
  throw new UserError("MA210", {
    what: `${from} is only for an event that does not exist`,
    where: `${from}.only`,
    expected: meant,
    found: name,
    fix: `write ${meant}`,
  });
}

/** Names of all groups of runners in the table, lower case: only those have to be looked at. */
export function groupsAsked(table: RunnerTable): string[] {
  const groups = Object.values(table)
    .flat()
    .map((entry) => (typeof entry === "string" ? null : groupOf(entry["runs-on"] ?? "")))
    .filter((group) => group !== null);
  return [...new Set(groups.map(groupName))];
}

/** `linux-arm64` covers `linux-arm64-gnu` but not `linux-arm64be`. */
export function longestPrefix(targetId: string, keys: readonly string[]): string | undefined {
  return keys
    .filter((key) => key === "default" || targetId === key || targetId.startsWith(`${key}-`))
    .sort((left, right) => rank(right) - rank(left))[0];
}

function rank(key: string): number {
  return key === "default" ? 0 : key.length;
}
