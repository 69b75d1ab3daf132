import { formatReference, toolIdentity } from "@multiarch/contracts";
import { appendSummary, summaryTable, trustOf } from "@multiarch/github";
import { checkPackaging } from "@multiarch/merge";
import { checkWarnings, makePlan, storePlan, toMatrix } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { legTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { chooseTransport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { matrixInputs } from "./inputs.ts";

/** Plans every target of the project, hands the plan over to the other jobs, and returns the outputs. */
export async function matrixStep(
  inputs: ReturnType<typeof matrixInputs>,
  project: Project,
  { env, log, context, temporaryFolder, nonce }: Session,
): Promise<Record<string, string>> {
  const made = await makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: "hosted",
    trigger: { event: context.eventName ?? "local", ...trustOf(context) },
    repositoryId: context.repositoryId,
    tool: toolIdentity,
    allowEmpty: inputs["allow-empty"],
    maximumRows: inputs["max-jobs"],
  });
  const { plan } = made;
  checkPackaging(plan);
  checkWarnings(plan, inputs["fail-on-warning"], log);
  const run = { attempt: context.attempt, nonce };
  const stored = await storePlan(made, await chooseTransport(env, log), temporaryFolder, run);
  const reference = formatReference(stored);
  const { headers, rows } = legTable(plan, [], []);
  const columns = rows.map((row) => row.slice(0, 4));
  await appendSummary(env, `### Plan\n\n${summaryTable(headers.slice(0, 4), columns)}`);
  log.info(`${plan.rows.length} rows, version ${plan.project.version}, ${plan.publish.why}`);
  return {
    matrix: JSON.stringify(toMatrix(plan, reference)),
    count: String(plan.rows.length),
    plan: reference,
    version: plan.project.version,
    publish: String(plan.publish.allowed),
    targets: JSON.stringify(plan.rows.map(({ target }) => target)),
  };
}
