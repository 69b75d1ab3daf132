import { join } from "node:path";
import { buildLeg, type LegRequest } from "@multiarch/build";
import { type Leg, type Plan, toolIdentity } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { makePlan } from "@multiarch/plan";
import { parseTarget } from "@multiarch/targets";
import { load } from "../../../../test/support/project.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";

export interface BuiltLeg {
  readonly leg: Leg;
  readonly plan: Plan;
  readonly folder: string;
}

/** Plans a project for this machine and builds one row of it. */
export async function buildRow(
  root: string,
  target: string,
  given: Partial<LegRequest> = {},
): Promise<BuiltLeg> {
  const host = await detectHost(process.env);
  const project = await load(root);
  const { plan } = await makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: { os: host.os, arch: host.arch, rust: null },
    trigger: { event: "local", trusted: true, why: "a test" },
    repositoryId: null,
    tool: toolIdentity,
  });
  const row = plan.rows.find(({ id }) => id === target);
  if (row === undefined) throw new Error(`no row ${target}`);
  const folder = join(await temporaryFolder(), "leg");
  const leg = await buildLeg({
    plan,
    row,
    project,
    host,
    folder,
    environment: process.env,
    toolCache: join(folder, "..", "tools"),
    run: { id: "local", attempt: 1, checkRunId: null, nonce: "aaaaaa" },
    label: null,
    log: silentLog,
    now: () => performance.now(),
    ...given,
  });
  return { leg, plan, folder };
}
