import { type Log, UserError } from "@multiarch/diagnostics";

/** One problem is thrown as it is; of several, each is shown and one error counts them. */
export function raiseProblems(problems: readonly UserError[], log: Log): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  for (const problem of problems) log.error(problem.message);
  throw new UserError("MA700", {
    what: `${problems.length} things forbid this release`,
    found: problems.map(({ details }) => details.what).join("; "),
  });
}
