import { UserError } from "@multiarch/diagnostics";

/** A job that the gate waits for, and how it ended as GitHub says it: success, failure, cancelled or skipped. */
export interface Job {
  readonly name: string;
  readonly result: string;
}

/**
 * The jobs of `${{ toJSON(needs) }}`: `{"<job>": {"result": "success", "outputs": {…}}}`. A job without a result is an
 * error, never a success.
 * @throws UserError MA921
 */
export function readJobs(needs: unknown): Job[] {
  if (typeof needs !== "object" || needs === null || Array.isArray(needs)) {
    throw unknownJobs("an object of jobs", describe(needs));
  }
  const jobs = Object.entries(needs).map(([name, job]: [string, unknown]): Job => {
    const result = typeof job === "object" && job !== null && "result" in job ? job.result : null;
    if (typeof result === "string") return { name, result };
    throw unknownJobs(`a result of the job ${name}`, describe(job));
  });
  // Without `needs:` GitHub gives an empty object, and a gate that waits for nothing would always be open.
  if (jobs.length === 0) throw unknownJobs("at least one job", "{}");
  return jobs;
}

function unknownJobs(expected: string, found: string): UserError {
  return new UserError("MA921", {
    what: "the gate cannot tell how the jobs ended",
    where: "with: jobs",
    expected,
    found,
  });
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
