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
