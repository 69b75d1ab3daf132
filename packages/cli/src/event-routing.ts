import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { runContext, trustOf } from "@multiarch/github";
import type { PlanRequest, Routing } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { eventFactsOf, misspeltEvent } from "@multiarch/routing";
import type { CommandIo } from "./io.ts";

export interface EventOptions {
  readonly event?: string;
  readonly eventName?: string;
}

/** What a workflow would know of an event, as far as flags, the runner's variables and the checkout tell. */
export interface EventRouting extends Pick<PlanRequest, "trigger" | "repositoryId"> {
  readonly where: Routing;
}

/** @throws UserError MA020 for a payload that is not there, and for a misspelt event */
export async function eventRouting(
  project: Project,
  options: EventOptions,
  io: CommandIo,
): Promise<EventRouting> {
  const event = await eventFile(options.event, io);
  const eventName = options.eventName ?? io.env.GITHUB_EVENT_NAME ?? "push";
  const meant = misspeltEvent(eventName);
  if (meant !== null) {
    throw new UserError("MA020", {
      what: `--event-name ${eventName} is no event`,
      expected: meant,
      found: eventName,
    });
  }
  const context = runContext({
    ...io.env,
    ...(io.env.GITHUB_REF === undefined ? refOf(project) : {}),
    GITHUB_EVENT_NAME: eventName,
    ...(event === null ? {} : { GITHUB_EVENT_PATH: event }),
  });
  const { trusted, why } = trustOf(context);
  return {
    where: {
      event: eventFactsOf(context, trusted),
      named: new Map(),
      // A command line has no token for runners: what would have to be looked up is hosted.
      availability: async () => ({ known: false, why: "runners are not looked up here" }),
      // Labels of runners retire on dates.
      today: new Date().toISOString().slice(0, 10),
    },
    trigger: { event: eventName, trusted, why },
    repositoryId: context.repositoryId,
  };
}

/** The checkout's branch or tag, in the runner's words. */
function refOf({ ref }: Project): Record<string, string> {
  const [, type, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? "") ?? [];
  if (ref === null || type === undefined || name === undefined) return {};
  return {
    GITHUB_REF: ref,
    GITHUB_REF_NAME: name,
    GITHUB_REF_TYPE: type === "tags" ? "tag" : "branch",
  };
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
