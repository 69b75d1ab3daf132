import { detectHost } from "@multiarch/host";
import { type MadePlan, planNamed } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { plainTable, planTable } from "@multiarch/report";
import { describeRunsOn } from "@multiarch/routing";
import { type EventOptions, eventRouting } from "../event-routing.ts";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planFor, planHere } from "../local-plan.ts";
import type { SharedOptions } from "../options.ts";

export interface PlanOptions extends SharedOptions, EventOptions {
  readonly matrix?: string;
}

/** Shows the plan: for this machine, or with an event as a workflow would make it; or the rows of a named matrix. */
export async function planVerb(
  folder: string | undefined,
  options: PlanOptions,
  io: CommandIo,
): Promise<number> {
  const matricesOnly = options.matrix !== undefined;
  const project = await openProject(folder, options, io, { matricesOnly });
  if (options.matrix !== undefined) return showMatrix(project, options.matrix, options, io);
  const { plan, unreachable } = await release(project, options, io);
  if (options.json === true) io.print(`${JSON.stringify(plan, null, 2)}\n`);
  else io.print(`${plainTable(planTable(plan))}\n`);
  for (const { code, text } of plan.warnings) io.log.warning(`${text} (${code})`);
  return unreachable.some(({ optional }) => !optional) ? exitCodes.incomplete : exitCodes.done;
}

async function release(project: Project, options: PlanOptions, io: CommandIo): Promise<MadePlan> {
  const forEvent = options.event !== undefined || options.eventName !== undefined;
  if (!forEvent) return planHere(project, await detectHost(io.env), io);
  const named = [...(options.targets ?? []), ...(options.platforms ?? [])];
  const routing = await eventRouting(project, options, io);
  return planFor(project, { ...routing, targetsAreFixed: named.length > 0 });
}

async function showMatrix(
  project: Project,
  name: string,
  options: PlanOptions,
  io: CommandIo,
): Promise<number> {
  const { where } = await eventRouting(project, options, io);
  const { include, reasons, why, warnings } = await planNamed(project, name, where, {});
  if (options.json === true) io.print(`${JSON.stringify({ include }, null, 2)}\n`);
  else {
    const rows = include.map((row, index) => [
      row.name,
      describeRunsOn(row.runs_on),
      row.cpu,
      reasons[index] ?? "",
    ]);
    io.print(`${plainTable({ headers: ["row", "where", "how", "why"], rows })}\n`);
    io.log.info(why);
  }
  for (const { code, text } of warnings) io.log.warning(`${text} (${code})`);
  return exitCodes.done;
}
