import type { Plan } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";

/** Shows the plan's warnings. @throws UserError MA206 when they are to count as errors */
export function checkWarnings({ warnings }: Pick<Plan, "warnings">, fail: boolean, log: Log): void {
  for (const { code, text } of warnings) log.warning(`${text} (${code})`);
  const [first] = warnings;
  if (!fail || first === undefined) return;
  throw new UserError("MA206", {
    what: `the plan has ${warnings.length} warnings and fail-on-warning is set`,
    found: first.text,
  });
}
