import { type RunContext, valueAt } from "@multiarch/github";
import type { EventFacts } from "./event.ts";

/** What rules see of a run. Of a pull request the branch is the one it goes into, as in the filters of a workflow. */
export function eventFactsOf(context: RunContext, trusted: boolean): EventFacts {
  const { event, eventName, ref, refName, refType } = context;
  return {
    event: eventName ?? "local",
    ref,
    branch: targetBranch(event) ?? (refType === "branch" ? refName : null),
    tag: refType === "tag" ? refName : null,
    labels: labelNames(valueAt(event, ["pull_request", "labels"])),
    trusted,
  };
}

function targetBranch(event: unknown): string | null {
  const ofPullRequest = valueAt(event, ["pull_request", "base", "ref"]);
  if (typeof ofPullRequest === "string") return ofPullRequest;
  const ofMergeQueue = valueAt(event, ["merge_group", "base_ref"]);
  return typeof ofMergeQueue === "string" ? ofMergeQueue.replace(/^refs\/heads\//, "") : null;
}

function labelNames(labels: unknown): string[] {
  if (!Array.isArray(labels)) return [];
  return labels
    .map((label: unknown) => valueAt(label, ["name"]))
    .filter((name) => typeof name === "string");
}
