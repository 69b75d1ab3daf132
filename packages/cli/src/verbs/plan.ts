import { toolIdentity } from "@multiarch/contracts";
import { runContext, trustOf } from "@multiarch/github";
import { detectHost } from "@multiarch/host";
import { type MadePlan, makePlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { plainTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planHere } from "../local-plan.ts";
import type { SharedOptions } from "../options.ts";

export interface PlanOptions extends SharedOptions {
  readonly event?: string;
  readonly eventName?: string;
}

/** Shows the plan: for this machine, or with an event as a workflow would make it. */
export async function planVerb(
  folder: string | undefined,
  options: PlanOptions,
  io: CommandIo,
): Promise<number> {
  const project = await openProject(folder, options, io);
  const hosted = options.event !== undefined || options.eventName !== undefined;
  const made = hosted
    ? await planForEvent(project, options, io)
    : await planHere(project, await detectHost(io.env), io);
  const { plan, unreachable } = made;
  if (options.json === true) io.print(`${JSON.stringify(plan, null, 2)}\n`);
  else io.print(`${plainTable(rowTable(made))}\n`);
  for (const { code, text } of plan.warnings) io.log.warning(`${text} (${code})`);
  return unreachable.some(({ optional }) => !optional) ? exitCodes.incomplete : exitCodes.done;
}

function rowTable({ plan }: MadePlan) {
  return {
    headers: ["target", "where", "how", "why"],
    rows: [
      ...plan.rows.map(({ target, runs_on, tool, why }) => [
        target,
        typeof runs_on === "string" ? runs_on : JSON.stringify(runs_on),
        tool,
        why,
      ]),
      ...plan.excluded.map(({ target, why }) => [target, "left out", "", why]),
    ],
  };
}

async function planForEvent(
  project: Project,
  options: PlanOptions,
  io: CommandIo,
): Promise<MadePlan> {
  const eventName = options.eventName ?? io.env.GITHUB_EVENT_NAME ?? "push";
  const context = runContext({
    ...io.env,
    GITHUB_EVENT_NAME: eventName,
    ...(options.event === undefined ? {} : { GITHUB_EVENT_PATH: options.event }),
  });
  const trust = trustOf(context);
  return makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: "hosted",
    trigger: { event: eventName, trusted: trust.trusted, why: trust.why },
    repositoryId: context.repositoryId,
    tool: toolIdentity,
  });
}
