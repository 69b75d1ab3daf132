import { formatReference, toolIdentity } from "@multiarch/contracts";
import { appendSummary, summaryTable, trustOf } from "@multiarch/github";
import { checkPackaging } from "@multiarch/merge";
import { checkWarnings, makePlan, storePlan, toMatrix } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { planTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { chooseTransport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { MatrixInputs } from "./inputs.ts";
import { openRouting } from "./routing.ts";

/** Plans every target of the project, hands the plan over to the other jobs, and returns the outputs. */
export async function matrixStep(
  inputs: MatrixInputs,
  project: Project,
  session: Session,
): Promise<Record<string, string>> {
  const { env, log, context, temporaryFolder, nonce } = session;
  const made = await makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    targetsAreFixed: inputs.targets.length > 0,
    where: openRouting(inputs, session),
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
  const { headers, rows } = planTable(plan);
  await appendSummary(
    env,
    `### Plan\n\n${summaryTable(headers, rows)}\nPublish: ${plan.publish.allowed ? "yes" : "no"}, ${plan.publish.why}\n`,
  );
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
