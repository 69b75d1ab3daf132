import { writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { type RunContext, runContext, trustOf } from "@multiarch/github";
import { inActions, temporaryFolder } from "./helpers.ts";

// Every event of the table is one that GitHub sends, in the shape in which it sends it; ids are those of repositories.

const own = { id: 42, full_name: "org/app" };
const fork = { id: 43, full_name: "mallory/app", fork: true };
/** A branch of a repository that is itself a fork of another: `fork` is true, the id is ours. */
const ownFork = { ...own, fork: true };
/** The name was given away and taken by somebody else. */
const namesake = { id: 99, full_name: "org/app" };

const pullRequest = (repo: unknown, more: object = {}): object => ({
  repository: own,
  pull_request: { head: { repo }, user: { login: "ada" } },
  ...more,
});
const byDependabot = (repo: unknown): object => ({
  repository: own,
  pull_request: { head: { repo }, user: { login: "dependabot[bot]" } },
});
const after = (event: unknown, head_repository: unknown, actor = "ada"): object => ({
  repository: own,
  workflow_run: { event, head_repository, actor: { login: actor } },
});

interface Case {
  readonly event: string | null;
  readonly what: string;
  readonly payload?: object;
  readonly actor?: string;
  /** Default: the id of our repository. `null`: the runner does not say. */
  readonly repositoryId?: string | null;
  readonly inActions?: boolean;
}

const trusted: readonly Case[] = [
  { event: null, what: "on a command line", inActions: false },
  { event: "push", what: "to a branch", payload: { ref: "refs/heads/main", repository: own } },
  { event: "push", what: "of a tag", payload: { ref: "refs/tags/v1", repository: own } },
  { event: "push", what: "with no payload, as act gives it" },
  { event: "push", what: "by a bot that is not Dependabot", actor: "renovate[bot]" },
  { event: "push", what: "in a repository that is a fork", payload: { repository: ownFork } },
  { event: "create", what: "of a branch" },
  { event: "delete", what: "of a tag" },
  { event: "release", what: "published", payload: { action: "published", repository: own } },
  { event: "release", what: "edited", payload: { action: "edited", repository: own } },
  { event: "schedule", what: "by the clock" },
  { event: "schedule", what: "with an actor who left", actor: "ghost" },
  { event: "workflow_dispatch", what: "by hand" },
  {
    event: "workflow_dispatch",
    what: "by hand on another branch",
    payload: { ref: "refs/heads/x" },
  },
  { event: "repository_dispatch", what: "by a token", payload: { action: "build" } },
  {
    event: "merge_group",
    what: "of the merge queue",
    payload: { merge_group: { base_ref: "refs/heads/main" } },
  },
  { event: "deployment", what: "made by a writer" },
  { event: "pull_request", what: "from a branch of the repository", payload: pullRequest(own) },
  {
    event: "pull_request",
    what: "within a repository that is a fork",
    payload: pullRequest(ownFork),
  },
  { event: "pull_request", what: "with the ids as text", payload: pullRequest({ id: "42" }) },
  {
    event: "pull_request",
    what: "where only the payload has our id",
    payload: pullRequest(own),
    repositoryId: null,
  },
  { event: "pull_request_review", what: "from a branch", payload: pullRequest(own) },
  { event: "pull_request_review_comment", what: "from a branch", payload: pullRequest(own) },
  { event: "pull_request_target", what: "from a branch", payload: pullRequest(own) },
  { event: "workflow_run", what: "after a push", payload: after("push", own) },
  { event: "workflow_run", what: "after a schedule", payload: after("schedule", own) },
  {
    event: "workflow_run",
    what: "after a pull request from a branch",
    payload: after("pull_request", own),
  },
  { event: "workflow_run", what: "after a release", payload: after("release", own) },
  {
    event: "workflow_run",
    what: "after a pull_request_target from a branch",
    payload: after("pull_request_target", own),
  },
];

const untrusted: readonly Case[] = [
  { event: null, what: "in a runner that names no event" },
  { event: "", what: "in a runner that names an empty event" },
  { event: "pull_request", what: "from a fork", payload: pullRequest(fork) },
  {
    event: "pull_request",
    what: "from a fork that says that it is none",
    payload: pullRequest({ ...fork, fork: false }),
  },
  { event: "pull_request", what: "from a fork with our name", payload: pullRequest(namesake) },
  { event: "pull_request", what: "from a fork that was deleted", payload: pullRequest(null) },
  {
    event: "pull_request",
    what: "with a head without repository",
    payload: { repository: own, pull_request: { head: {} } },
  },
  { event: "pull_request", what: "with no payload, as act gives it" },
  { event: "pull_request", what: "with an id that is no id", payload: pullRequest({ id: [42] }) },
  { event: "pull_request", what: "with an id that is true", payload: pullRequest({ id: true }) },
  {
    event: "pull_request",
    what: "where our own id is not known",
    payload: pullRequest(own, { repository: {} }),
    repositoryId: null,
  },
  {
    event: "pull_request",
    what: "of Dependabot",
    payload: byDependabot(own),
    actor: "dependabot[bot]",
  },
  {
    event: "pull_request",
    what: "of Dependabot, reopened by a person",
    payload: byDependabot(own),
  },
  {
    event: "pull_request",
    what: "from a branch, caused by Dependabot",
    payload: pullRequest(own),
    actor: "dependabot[bot]",
  },
  {
    event: "pull_request",
    what: "sent by Dependabot",
    payload: pullRequest(own, { sender: { login: "dependabot[bot]" } }),
  },
  { event: "pull_request_review", what: "from a fork", payload: pullRequest(fork) },
  { event: "pull_request_review", what: "from a deleted fork", payload: pullRequest(null) },
  { event: "pull_request_review_comment", what: "from a fork", payload: pullRequest(fork) },
  { event: "pull_request_target", what: "from a fork", payload: pullRequest(fork) },
  { event: "pull_request_target", what: "from a deleted fork", payload: pullRequest(null) },
  { event: "pull_request_target", what: "of Dependabot", payload: byDependabot(own) },
  { event: "push", what: "by Dependabot", actor: "dependabot[bot]" },
  { event: "push", what: "sent by Dependabot", payload: { sender: { login: "dependabot[bot]" } } },
  { event: "workflow_dispatch", what: "by Dependabot", actor: "dependabot[bot]" },
  { event: "merge_group", what: "sent by Dependabot", actor: "dependabot[bot]" },
  {
    event: "workflow_run",
    what: "after a pull request from a fork",
    payload: after("pull_request", fork),
  },
  {
    event: "workflow_run",
    what: "after a pull request from a deleted fork",
    payload: after("pull_request", null),
  },
  { event: "workflow_run", what: "after a push to a fork", payload: after("push", fork) },
  {
    event: "workflow_run",
    what: "after a pull request of Dependabot",
    payload: after("pull_request", own, "dependabot[bot]"),
  },
  { event: "workflow_run", what: "after a comment", payload: after("issue_comment", own) },
  { event: "workflow_run", what: "after an issue", payload: after("issues", own) },
  {
    event: "workflow_run",
    what: "after another workflow_run",
    payload: after("workflow_run", own),
  },
  { event: "workflow_run", what: "after an unnamed event", payload: after(undefined, own) },
  { event: "workflow_run", what: "with no payload" },
  {
    event: "workflow_run",
    what: "after a pull_request_target from a fork",
    payload: after("pull_request_target", fork),
  },
  { event: "issue_comment", what: "by anybody", payload: { repository: own, comment: {} } },
  {
    event: "issue_comment",
    what: "on a pull request from a fork",
    payload: { issue: { pull_request: {} } },
  },
  { event: "issue_comment", what: "by the owner, whose words may quote others", actor: "owner" },
  { event: "issues", what: "opened" },
  { event: "discussion", what: "created" },
  { event: "discussion_comment", what: "created" },
  { event: "fork", what: "of the repository" },
  { event: "watch", what: "started" },
  { event: "check_run", what: "completed by an app" },
  { event: "check_suite", what: "completed by an app" },
  { event: "status", what: "set by an app" },
  { event: "gollum", what: "an edited wiki" },
  { event: "page_build", what: "of pages" },
  { event: "an_event_of_next_year", what: "that nobody knows yet" },
  { event: "Push", what: "in other letters" },
];

const folder = temporaryFolder();

function contextOf(given: Case): RunContext {
  const path = folder.path("event.json");
  writeFileSync(path, JSON.stringify(given.payload ?? {}));
  const id = given.repositoryId === undefined ? "42" : (given.repositoryId ?? "");
  return runContext({
    ...(given.inActions === false ? {} : inActions),
    ...(given.event === null ? {} : { GITHUB_EVENT_NAME: given.event, GITHUB_EVENT_PATH: path }),
    GITHUB_REPOSITORY_ID: id,
    GITHUB_ACTOR: given.actor ?? "ada",
  });
}

const cases = (list: readonly Case[]): [string, Case][] =>
  list.map((one) => [`${one.event ?? "no event"} ${one.what}`, one]);

describe("a run is trusted:", () => {
  test.each(cases(trusted))("%s", (_, given) => {
    expect(trustOf(contextOf(given))).toMatchObject({ trusted: true });
  });
});

describe("a run is not trusted:", () => {
  test.each(cases(untrusted))("%s", (_, given) => {
    const { trusted: found, why } = trustOf(contextOf(given));
    expect(found).toBe(false);
    expect(why).not.toBe("");
  });
});

test("the table is as long as it was", () => {
  expect(trusted.length + untrusted.length).toBeGreaterThanOrEqual(60);
});
