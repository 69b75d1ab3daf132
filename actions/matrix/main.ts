import { formatReference, toolIdentity } from "@multiarch/contracts";
import { appendSummary, setOutput, summaryTable, trustOf } from "@multiarch/github";
import { checkWarnings, makePlan, storePlan, toMatrix } from "@multiarch/plan";
import { legTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { chooseTransport } from "@multiarch/transport";
import { openProject } from "../project.ts";
import { openSession } from "../session.ts";
import { matrixInputs } from "./inputs.ts";

export async function main(): Promise<void> {
  const session = openSession();
  const { env, log, context, temporaryFolder, nonce } = session;
  const inputs = matrixInputs(env);
  const project = await openProject(inputs, session, { targets: inputs.targets });
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
  const { checkPackaging } = await import("@multiarch/merge");
  checkPackaging(plan);
  checkWarnings(plan, inputs["fail-on-warning"], log);
  const run = { attempt: context.attempt, nonce };
  const stored = await storePlan(made, await chooseTransport(env, log), temporaryFolder, run);
  const reference = formatReference(stored);
  await setOutput(env, "matrix", JSON.stringify(toMatrix(plan, reference)));
  await setOutput(env, "count", String(plan.rows.length));
  await setOutput(env, "plan", reference);
  await setOutput(env, "version", plan.project.version);
  await setOutput(env, "publish", String(plan.publish.allowed));
  await setOutput(env, "targets", JSON.stringify(plan.rows.map(({ target }) => target)));
  const { headers, rows } = legTable(plan, [], []);
  const columns = rows.map((row) => row.slice(0, 4));
  await appendSummary(env, `### Plan\n\n${summaryTable(headers.slice(0, 4), columns)}`);
  log.info(`${plan.rows.length} rows, version ${plan.project.version}, ${plan.publish.why}`);
}
