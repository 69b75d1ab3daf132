import { nearest, UserError } from "@multiarch/diagnostics";
import type { Job } from "./jobs.ts";

/** What the gate makes of one job. */
export interface Verdict extends Job {
  readonly passes: boolean;
  readonly why: string;
}

export interface Judgement {
  readonly ok: boolean;
  /** In the order of the jobs. */
  readonly verdicts: readonly Verdict[];
}

export interface Allowances {
  /** Jobs that may fail or be cancelled. */
  readonly failures: readonly string[];
  /** Jobs that may be skipped. */
  readonly skips: readonly string[];
}

/**
 * Passes only when every job succeeded, or ended in a way that was allowed for it by name. A result that is not known
 * fails. A job that was skipped because something before it failed looks just like one that was skipped on purpose, which
 * is why skipping has to be allowed for each job.
 * @throws UserError MA922 for an allowance for a job that is not there: it would allow nothing, silently
 */
export function judgeJobs(jobs: readonly Job[], allowed: Allowances): Judgement {
  const names = jobs.map(({ name }) => name);
  checkNames("allowed-failures", allowed.failures, names);
  checkNames("allowed-skips", allowed.skips, names);
  const verdicts = jobs.map((job): Verdict => ({ ...job, ...judge(job, allowed) }));
  return { ok: verdicts.every(({ passes }) => passes), verdicts };
}

function judge({ name, result }: Job, { failures, skips }: Allowances) {
  switch (result) {
    case "success":
      return { passes: true, why: "succeeded" };
    case "failure":
    case "cancelled": {
      const how = result === "failure" ? "failed" : "was cancelled";
      return failures.includes(name)
        ? { passes: true, why: `${how}, which allowed-failures permits` }
        : { passes: false, why: how };
    }
    case "skipped":
      return skips.includes(name)
        ? { passes: true, why: "was skipped, which allowed-skips permits" }
        : { passes: false, why: "was skipped: a job before it failed, or its condition was false" };
    default:
      return { passes: false, why: `ended in a way that is not known: ${result}` };
  }
}

function checkNames(input: string, wanted: readonly string[], names: readonly string[]): void {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  throw new UserError("MA922", {
    what: `${input} names ${unknown}, which is not among the jobs`,
    where: `with: ${input}`,
    expected: `one of ${names.join(", ")}`,
    found: unknown,
    ...(near === undefined ? {} : { fix: `write ${near}` }),
  });
}
