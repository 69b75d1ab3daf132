import type { MatrixRow, Plan } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";

/** Half of what a Windows environment block leaves after everything else; a row also becomes an input of the build step. */
export const maximumRowBytes = 1024;

/**
 * The job matrix of a plan: include-only, because GitHub's cross products match loosely and an include-only list is exactly its rows.
 * @param reference `<reference>@sha256:<hex>` of the stored plan, written into every row
 * @throws UserError MA205 when a row does not fit into 1 KiB
 */
export function toMatrix(plan: Plan, reference: string): { include: MatrixRow[] } {
  const include = plan.rows.map((row): MatrixRow => {
    const { id, name, target, runs_on, cpu, tool, optional, timeout } = row;
    return { id, name, target, runs_on, cpu, tool, optional, timeout, plan: reference };
  });
  for (const row of include) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (size > maximumRowBytes) {
      throw new UserError("MA205", {
        what: `the matrix row of ${row.id} is too large`,
        expected: `at most ${maximumRowBytes} bytes`,
        found: `${size} bytes`,
      });
    }
  }
  return { include };
}
