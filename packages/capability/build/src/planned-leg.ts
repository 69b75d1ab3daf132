import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type BuilderName,
  type Leg,
  type Plan,
  type PlanRow,
  parseReference,
} from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import { fetchPlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import type { StoredItem, Transport } from "@multiarch/transport";
import { legArtifactName } from "./artifact.ts";
import type { LegRequest } from "./build-leg.ts";

export interface BuildLegFromRowRequest extends Pick<LegRequest, "log"> {
  /** The matrix row as the job got it; only `id` and `plan` are read from it. */
  readonly row: { readonly id: string; readonly plan: string };
  readonly transport: Transport;
  /**
   * What the build takes from machine and run, and the checkout as the builder of the row sees it: the plan may name another than the
   * checkout alone would suggest. Asked when the plan is there.
   */
  readonly prepare: (builder: BuilderName) => Promise<Prepared>;
  /** Where the leg's folder is made. */
  readonly temporaryFolder: string;
  readonly upload: { readonly wanted: boolean; readonly retentionDays?: number };
}

type Prepared = Omit<LegRequest, "plan" | "row" | "folder" | "onPhase" | "preflight" | "log">;

/** Fetches the plan that the row names, builds the row from it, and hands the leg over. */
export async function buildPlannedLeg(
  request: BuildLegFromRowRequest,
): Promise<{ leg: Leg; folder: string; stored: StoredItem | null }> {
  const { transport, temporaryFolder, log, upload } = request;
  const planFolder = await mkdtemp(join(temporaryFolder, "multiarch-fetched-plan-"));
  let plan: Plan;
  try {
    const reference = parseReference(request.row.plan, "the row's field plan");
    ({ plan } = await fetchPlan(reference, transport, join(planFolder, "plan"), log));
  } finally {
    await rm(planFolder, { recursive: true, force: true });
  }
  const row = findRow(plan, request.row.id);
  const prepared = await request.prepare(row.builder);
  const folder = join(temporaryFolder, `multiarch-leg-${row.id}-${prepared.run.nonce}`);
  const preflight = (): void => {
    checkCheckout(plan, prepared.project);
    checkPlace(row, prepared.host);
  };
  const { buildLeg } = await import("./build-leg.ts");
  const leg = await buildLeg({ ...prepared, log, plan, row, folder, preflight });
  if (!upload.wanted) return { leg, folder, stored: null };
  const { retentionDays } = upload;
  const name = legArtifactName(leg);
  let extra = 0;
  const stored = await transport.put(name, folder, {
    nextName: () => `${name}${++extra}`,
    ...(retentionDays === undefined ? {} : { retentionDays }),
  });
  return { leg, folder, stored };
}

function findRow(plan: Plan, id: string): PlanRow {
  const row = plan.rows.find((candidate) => candidate.id === id);
  if (row === undefined) {
    throw new UserError("MA312", {
      what: `the plan has no row ${id}`,
      expected: plan.rows.map((candidate) => candidate.id).join(", "),
      found: id,
    });
  }
  return row;
}

/** A leg must be made of the sources and settings that were planned, not of what a branch moved to since. */
function checkCheckout(plan: Plan, project: Project): void {
  if (plan.project.commit !== project.commit) {
    throw new UserError("MA313", {
      what: "this checkout is at another commit than the plan",
      expected: plan.project.commit ?? "no commit",
      found: project.commit ?? "no commit",
    });
  }
  if (plan.config.sha256 !== project.configFile.sha256) {
    throw new UserError("MA314", {
      what: "the configuration in this checkout is not the one that was planned",
      where: plan.config.path ?? "multiarch.yml",
      expected: `sha256 ${plan.config.sha256}`,
      found: `sha256 ${project.configFile.sha256}`,
    });
  }
}

function checkPlace({ id, place, runs_on }: PlanRow, host: HostFacts): void {
  const wrong = [
    ...(place.os !== null && place.os !== host.os ? [`os ${host.os}`] : []),
    ...(place.arch !== null && place.arch !== host.arch ? [`architecture ${host.arch}`] : []),
  ];
  if (wrong.length === 0) return;
  throw new UserError("MA315", {
    what: `${id} was routed to the wrong machine`,
    expected: `${place.os} on ${place.arch}`,
    found: wrong.join(", "),
    where: `runs-on ${JSON.stringify(runs_on)}`,
  });
}
