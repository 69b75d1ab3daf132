import { appendSummary, summaryTable } from "@multiarch/github";
import { checkWarnings, type NamedRow, planNamed } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { describeRunsOn } from "@multiarch/routing";
import type { Session } from "../session.ts";
import type { MatrixInputs } from "./inputs.ts";
import { openRouting } from "./routing.ts";

/** The rows of a matrix of the user's own jobs, for this event. No plan is stored: nothing of ours follows. */
export async function namedStep(
  inputs: MatrixInputs,
  project: Project,
  session: Session,
): Promise<Record<string, string>> {
  const { env, log } = session;
  const { name } = inputs;
  const made = await planNamed(project, name, openRouting(inputs, session), {
    allowEmpty: inputs["allow-empty"],
    maximumRows: inputs["max-jobs"],
  });
  checkWarnings(made, inputs["fail-on-warning"], log);
  const rows = made.include.map((row, index) => [
    row.name,
    describeRunsOn(row.runs_on),
    row.cpu,
    made.reasons[index] ?? "",
  ]);
  const table = summaryTable(["row", "where", "how", "why"], rows);
  await appendSummary(env, `### Matrix ${name}\n\n${made.why}\n\n${table}`);
  log.info(`${rows.length} rows, ${made.why}`);
  return {
    matrix: JSON.stringify({ include: made.include }),
    count: String(rows.length),
    plan: "",
    version: project.version,
    publish: "false",
    targets: JSON.stringify([...new Set(made.include.flatMap((row) => targetOf(row)))]),
  };
}

function targetOf({ target }: NamedRow): string[] {
  return typeof target === "string" ? [target] : [];
}
