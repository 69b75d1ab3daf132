import type { PlanRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";

/** GitHub starts at most this many jobs from one matrix. */
const maximumRows = 256;

export interface RowLimits {
  readonly allowEmpty?: boolean;
  /** Fewer rows than GitHub allows. */
  readonly maximumRows?: number;
}

/**
 * @param leftOut what was asked for and gets no row, with reasons
 * @throws UserError MA201 no rows, MA202 too many, MA203 two of one name
 */
export function checkCount(
  rows: readonly Pick<PlanRow, "name">[],
  leftOut: readonly { readonly target: string; readonly why: string }[],
  limits: RowLimits,
): void {
  if (rows.length === 0 && limits.allowEmpty !== true) {
    throw new UserError("MA201", {
      what: "there is nothing to build: the plan has no rows",
      expected: "at least one target",
      found: leftOut.length === 0 ? "an empty list" : everyReason(leftOut),
      ...(leftOut.length > 0 && leftOut.every(({ why }) => why.startsWith("rule "))
        ? { fix: "let the rule leave a target, or set allow-empty: true of the matrix step" }
        : {}),
    });
  }
  const most = Math.min(maximumRows, limits.maximumRows ?? maximumRows);
  if (rows.length > most) {
    throw new UserError("MA202", {
      what: "the plan has more rows than one matrix can hold",
      expected: `at most ${most} rows`,
      found: `${rows.length} rows`,
    });
  }
  const seen = new Set<string>();
  for (const { name } of rows) {
    if (seen.has(name)) throw new UserError("MA203", { what: `two rows are called ${name}` });
    seen.add(name);
  }
}

/** A line for each reason, with the targets that it keeps out. */
function everyReason(
  leftOut: readonly { readonly target: string; readonly why: string }[],
): string {
  const reasons = new Map<string, string[]>();
  for (const { target, why } of leftOut) {
    reasons.set(why, [...(reasons.get(why) ?? []), target]);
  }
  const lines = [...reasons].map(([why, targets]) => `    ${targets.join(", ")}: ${why}`);
  return ["every target is left out", ...lines].join("\n");
}
