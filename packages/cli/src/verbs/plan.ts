import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { runContext, trustOf } from "@multiarch/github";
import { detectHost } from "@multiarch/host";
import type { MadePlan } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { plainTable, planTable } from "@multiarch/report";
import { eventFactsOf } from "@multiarch/routing";
import { type CommandIo, exitCodes } from "../io.ts";
import { openProject, planFor, planHere } from "../local-plan.ts";
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
  else io.print(`${plainTable(planTable(made.plan))}\n`);
  for (const { code, text } of plan.warnings) io.log.warning(`${text} (${code})`);
  return unreachable.some(({ optional }) => !optional) ? exitCodes.incomplete : exitCodes.done;
}

async function planForEvent(
  project: Project,
  options: PlanOptions,
  io: CommandIo,
): Promise<MadePlan> {
  const event = await eventFile(options.event, io);
  const eventName = options.eventName ?? io.env.GITHUB_EVENT_NAME ?? "push";
  const context = runContext({
    ...io.env,
    GITHUB_EVENT_NAME: eventName,
    ...(event === null ? {} : { GITHUB_EVENT_PATH: event }),
  });
  const trust = trustOf(context);
  return planFor(project, {
    where: {
      event: eventFactsOf(context, trust.trusted),
      named: new Map(),
      // A command line has no token for runners: what would have to be looked up is hosted.
      availability: async () => ({ known: false, why: "runners are not looked up here" }),
      today: today(),
    },
    trigger: { event: eventName, trusted: trust.trusted, why: trust.why },
    repositoryId: context.repositoryId,
  });
}

/** The runner may have no payload; a file that somebody names must be there. */
async function eventFile(name: string | undefined, io: CommandIo): Promise<string | null> {
  if (name === undefined) return null;
  const path = resolve(io.cwd, name);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? "no file");
  if (typeof found !== "string" && found.isFile()) return path;
  throw new UserError("MA020", {
    what: "--event names no file",
    where: path,
    expected: "a file with the event's payload",
    found: typeof found === "string" ? found : "something that is no file",
  });
}

/** Labels of runners retire on dates. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
