import { runnerLabels } from "./data/runners.ts";
import type { HostedRunner, RunnerLabel, TargetRow } from "./types.ts";

/** The machine that GitHub offers for building and, where `native`, running a target. */
export function hostedLabel(row: TargetRow): HostedRunner {
  return row.hosted;
}

/** What is known about a label of GitHub's, `undefined` for one that is not GitHub's or not known. Case does not matter. */
export function findRunnerLabel(label: string): RunnerLabel | undefined {
  const wanted = label.trim().toLowerCase();
  return runnerLabels.find((known) => known.label === wanted);
}

/**
 * Why a label should not be used, or `null`. `today` is `YYYY-MM-DD`; a label is spoken of from 180 days before it retires.
 */
export function labelWarning(label: string, today: string): string | null {
  const known = findRunnerLabel(label);
  if (known === undefined || known.retires === null) return null;
  const instead = known.replacement === null ? "" : `; use ${known.replacement}`;
  // `2027-08` sorts before `2027-08-01`: a month without a day counts from its first day.
  if (known.retires <= today) return `${known.label} was retired in ${known.retires}${instead}`;
  const days = (Date.parse(known.retires) - Date.parse(today)) / 86_400_000;
  if (known.status !== "deprecated" && days > 180) return null;
  const note = known.note === null ? "" : ` (${known.note})`;
  return `${known.label} retires in ${known.retires}${note}${instead}`;
}
