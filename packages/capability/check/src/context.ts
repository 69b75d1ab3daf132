import { type Difference, targetDifferences } from "@multiarch/binary";
import type { BuilderName, Facts, LegFile } from "@multiarch/contracts";
import type { Target, TargetRow } from "@multiarch/targets";

/** What was asked of a file, and what was made. */
export interface MadeRequest {
  /** The plan's row, or as much of it as counts here. */
  readonly row: {
    readonly target: string;
    /** The newest glibc that the result may need; `null`: the target table's. */
    readonly glibc: string | null;
    readonly builder: BuilderName;
  };
  /** `row.target`, parsed. */
  readonly target: Target;
  readonly file: Pick<LegFile, "path" | "kind" | "mode" | "facts">;
  /** The oldest macOS that the result must start on, `11.0`; `null`: whatever the file itself says. */
  readonly platformFloor?: string | null;
}

/** A native file together with the exact target that it comes closest to. */
export interface Made extends MadeRequest {
  readonly facts: Facts;
  /** `null` when the target is `any`, which asks for no platform. */
  readonly exact: TargetRow | null;
  readonly differences: readonly Difference[];
}

/** What of a target comes closest to a file. */
export interface Closest {
  readonly exact: TargetRow | null;
  readonly differences: readonly Difference[];
}

/** Among the exact targets that a short id covers, the one that the file serves, else the one it fails least. */
export function closestRow(facts: Facts, rows: readonly TargetRow[]): Closest {
  let exact: TargetRow | null = null;
  let differences: readonly Difference[] = [];
  for (const row of rows) {
    const found = targetDifferences(facts, row);
    if (exact === null || found.length < differences.length) {
      exact = row;
      differences = found;
    }
  }
  return { exact, differences };
}

/** A request together with what its target has to say of the file. */
export function closest(request: MadeRequest, facts: Facts): Made {
  return { ...request, facts, ...closestRow(facts, request.target.rows) };
}
