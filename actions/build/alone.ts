import { join } from "node:path";
import { buildLeg } from "@multiarch/build";
import { toolIdentity } from "@multiarch/contracts";
import { appendSummary, summaryTable } from "@multiarch/github";
import { ownTarget } from "@multiarch/host";
import { makePlan } from "@multiarch/plan";
import { legTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { cargoTools } from "@multiarch/toolchains";
import { openProject } from "../project.ts";
import type { Session } from "../session.ts";
import type { buildInputs } from "./inputs.ts";
import type { Built } from "./step.ts";
import { surroundings } from "./surroundings.ts";

/** Builds one target of the checkout, without a plan step before and without an upload. */
export async function buildAlone(
  inputs: ReturnType<typeof buildInputs>,
  session: Session,
): Promise<Built> {
  const { env, log, temporaryFolder } = session;
  const common = await surroundings(session);
  const { os, arch } = common.host;
  const target = parseTarget(inputs.target === "" ? ownTarget(common.host) : inputs.target);
  const project = await openProject(inputs, session, { targets: [target.id] });
  const tools = project.builder === "cargo" ? await cargoTools({ env, cwd: project.root }) : null;
  const rust =
    tools === null ? null : { targets: tools.installedTargets, canAddTargets: tools.rustup };
  const { plan } = await makePlan({
    project,
    targets: [target],
    where: { os, arch, rust },
    trigger: {
      event: session.context.eventName ?? "local",
      trusted: false,
      why: "a build without a plan",
    },
    repositoryId: session.context.repositoryId,
    tool: toolIdentity,
  });
  const [row] = plan.rows;
  if (row === undefined) throw new TypeError("a plan without rows was accepted");
  const folder = join(temporaryFolder, `multiarch-leg-${row.id}-${common.run.nonce}`);
  const leg = await buildLeg({ ...common, log, plan, row, project, folder });
  const { headers, rows } = legTable(plan, [leg], []);
  await appendSummary(env, `### Build\n\n${summaryTable(headers, rows)}`);
  return { leg, folder, stored: null };
}
