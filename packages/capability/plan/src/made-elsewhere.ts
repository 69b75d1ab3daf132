import type { PlanRow } from "@multiarch/contracts";
import { type MadePlan, type PlanSource, writePlan } from "./make-plan.ts";
import { checkCount } from "./row-count.ts";

/** A target whose files exist already. */
export interface ForeignTarget {
  /** Canonical. */
  readonly id: string;
  /** It may be missing. */
  readonly optional: boolean;
  /** The newest glibc that its files may need. */
  readonly glibc: string | null;
  readonly expect: PlanRow["expect"];
}

/**
 * The plan of a release whose files somebody else built: the same promises, and nothing about machines, because none of
 * them is ours. @throws UserError MA201 to MA203
 */
export async function planMadeElsewhere(
  source: PlanSource,
  targets: readonly ForeignTarget[],
  { allowEmpty = false }: { readonly allowEmpty?: boolean } = {},
): Promise<Pick<MadePlan, "plan" | "files">> {
  const packages = source.project.packages.map(({ name }) => name);
  const rows = targets.map(
    ({ id, optional, glibc, expect }): PlanRow => ({
      id,
      name: id,
      target: id,
      builder: "prebuilt",
      runs_on: "local",
      place: { os: null, arch: null, kind: "local" },
      cpu: "native",
      tool: "host",
      image: null,
      optional,
      timeout: 60,
      glibc,
      build: {},
      packages,
      expect,
      why: "made elsewhere",
    }),
  );
  checkCount(rows, [], { allowEmpty });
  return writePlan(source, { rows, derived: [], excluded: [], warnings: [] });
}
