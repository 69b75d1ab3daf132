import { type RunContext, valueAt } from "./context.ts";

/** Whether the code and the words of an event come from people who may write to the repository. */
export interface Trust {
  readonly trusted: boolean;
  /** One phrase, for the plan and the summary. */
  readonly why: string;
}

/** Only somebody with write access, or the repository itself, can cause these. */
const ofWriters = new Set([
  "create",
  "delete",
  "deployment",
  "merge_group",
  "push",
  "release",
  "repository_dispatch",
  "schedule",
  "workflow_dispatch",
]);

/** Their code, or at least their occasion, is the head of a pull request, which anybody can open from a fork. */
const ofPullRequests = new Set([
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_target",
]);

const dependabot = "dependabot[bot]";

/**
 * Decides whether a run may use what belongs to the repository: self-hosted runners, publishing. Whatever is not known to
 * be trusted is not. It is a guard rail and no boundary: on `pull_request` the workflow file itself comes from the pull
 * request and can ask for any runner.
 *
 * A fork is told by the repositories' ids. `head.repo.fork` is also true for a branch within a repository that is itself a fork,
 * names can be given away and taken again, and `head.repo` is null once the fork was deleted.
 */
export function trustOf(context: RunContext): Trust {
  const { eventName } = context;
  if (eventName === null) {
    return context.inActions
      ? untrusted("the runner does not name the event")
      : { trusted: true, why: "not run by GitHub Actions" };
  }
  if (isDependabot(context)) return untrusted(`${eventName} by Dependabot`);
  if (ofWriters.has(eventName)) {
    return { trusted: true, why: `${eventName} needs write access to the repository` };
  }
  if (ofPullRequests.has(eventName)) return byHead(context, eventName);
  if (eventName === "workflow_run") return ofWorkflowRun(context);
  return untrusted(`${eventName} does not need write access to the repository`);
}

/** A `workflow_run` deserves the trust of the run that it follows: it handles what that run left behind. */
function ofWorkflowRun(context: RunContext): Trust {
  const before = valueAt(context.event, ["workflow_run", "event"]);
  if (typeof before !== "string") return untrusted("workflow_run after an unnamed event");
  if (!ofWriters.has(before) && !ofPullRequests.has(before)) {
    return untrusted(`workflow_run after ${before}, which does not need write access`);
  }
  return byHead(context, `workflow_run after ${before}`);
}

function byHead({ repositoryId, headRepositoryId }: RunContext, what: string): Trust {
  if (repositoryId === null) return untrusted(`${what}: the id of this repository is not known`);
  if (headRepositoryId === null) {
    return untrusted(`${what}: the repository of the code is not known, or was deleted`);
  }
  if (headRepositoryId !== repositoryId) return untrusted(`${what} from a fork`);
  return { trusted: true, why: `${what} from a branch of this repository` };
}

/** The author counts as well as the actor: a person who reopens Dependabot's pull request becomes the actor of the new run. */
function isDependabot({ actor, event }: RunContext): boolean {
  return [
    actor,
    valueAt(event, ["pull_request", "user", "login"]),
    valueAt(event, ["workflow_run", "actor", "login"]),
    valueAt(event, ["sender", "login"]),
  ].includes(dependabot);
}

function untrusted(why: string): Trust {
  return { trusted: false, why };
}
