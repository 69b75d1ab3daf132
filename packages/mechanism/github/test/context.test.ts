import { truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { runContext, trustOf } from "@multiarch/github";
import { inActions, temporaryFolder } from "./helpers.ts";

const folder = temporaryFolder();

function contextOf(eventName: string, event: unknown, env: Record<string, string> = {}) {
  const path = folder.path(`${eventName}.json`);
  writeFileSync(path, JSON.stringify(event));
  return runContext({
    ...inActions,
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: path,
    GITHUB_REPOSITORY_ID: "100",
    GITHUB_ACTOR: "octocat",
    ...env,
  });
}

const ours = { id: 100, full_name: "me/tool", fork: false };
const fork = { id: 200, full_name: "you/tool", fork: true };
const pull = (repo: unknown, login = "octocat") => ({
  repository: ours,
  sender: { login: "octocat" },
  pull_request: { user: { login }, head: { repo }, base: { repo: ours } },
});
const after = (event: unknown, head_repository: unknown, login = "octocat") => ({
  repository: ours,
  workflow_run: { event, head_repository, actor: { login } },
});

describe("trust", () => {
  test.each<[string, string, unknown, Record<string, string>?]>([
    ["a push", "push", { repository: ours }],
    ["a push of a tag", "push", { repository: ours }, { GITHUB_REF_TYPE: "tag" }],
    ["a push without a payload", "push", {}],
    ["a dispatch", "workflow_dispatch", { repository: ours }],
    ["a dispatch through the API", "repository_dispatch", { repository: ours }],
    ["a schedule", "schedule", {}],
    ["a release", "release", { repository: ours }],
    ["a merge queue", "merge_group", { repository: ours }],
    ["a pull request from a branch", "pull_request", pull(ours)],
    // Ours is itself a fork of something: true for every one of its branches.
    ["a pull request within a fork", "pull_request", pull({ ...ours, fork: true })],
    [
      "a pull request from a renamed branch owner",
      "pull_request",
      pull({ ...ours, full_name: "old/name" }),
    ],
    ["a review of a branch", "pull_request_review", pull(ours)],
    ["a run after a push", "workflow_run", after("push", ours)],
    ["a run after a pull request from a branch", "workflow_run", after("pull_request", ours)],
  ])("is given to %s", (...[, name, event, env]) => {
    expect(trustOf(contextOf(name, event, env))).toMatchObject({ trusted: true });
  });

  test.each<[string, string, unknown, RegExp, Record<string, string>?]>([
    ["a pull request from a fork", "pull_request", pull(fork), /from a fork/],
    [
      "a fork that says it is none",
      "pull_request",
      pull({ ...fork, fork: false, full_name: "me/tool" }),
      /from a fork/,
    ],
    ["a pull request from a deleted fork", "pull_request", pull(null), /deleted/],
    ["a pull request without a payload (act)", "pull_request", {}, /not known/],
    ["a review of a fork", "pull_request_review_comment", pull(fork), /from a fork/],
    ["pull_request_target of a fork", "pull_request_target", pull(fork), /anybody/],
    ["pull_request_target of a branch", "pull_request_target", pull(ours), /anybody/],
    ["a comment", "issue_comment", { repository: ours }, /anybody/],
    ["an issue", "issues", { repository: ours }, /anybody/],
    ["a star", "watch", { repository: ours }, /anybody/],
    ["an event that nobody knows yet", "quantum", { repository: ours }, /anybody/],
    ["Dependabot's pull request", "pull_request", pull(ours, "dependabot[bot]"), /Dependabot/],
    ["Dependabot's push", "push", {}, /Dependabot/, { GITHUB_ACTOR: "dependabot[bot]" }],
    [
      "a run after a fork's pull request",
      "workflow_run",
      after("pull_request", fork),
      /from a fork/,
    ],
    [
      "a run after a deleted fork's pull request",
      "workflow_run",
      after("pull_request", null),
      /deleted/,
    ],
    [
      "a run after pull_request_target",
      "workflow_run",
      after("pull_request_target", ours),
      /anybody/,
    ],
    ["a run after a comment", "workflow_run", after("issue_comment", ours), /anybody/],
    [
      "a run after Dependabot",
      "workflow_run",
      after("push", ours, "dependabot[bot]"),
      /Dependabot/,
    ],
    ["a run after nothing", "workflow_run", { repository: ours }, /unnamed/],
    [
      "hostile shapes",
      "pull_request",
      { pull_request: { head: { repo: { id: ["100"] } } } },
      /not known/,
    ],
    ["ids from a prototype", "pull_request", { pull_request: "x", constructor: 1 }, /not known/],
  ])("is withheld from %s", (...[, name, event, why, env]) => {
    const trust = trustOf(contextOf(name, event, env));
    expect(trust.trusted).toBe(false);
    expect(trust.why).toMatch(why);
  });

  test("needs the id of our repository, or the payload's", () => {
    const path = folder.path("own.json");
    writeFileSync(path, JSON.stringify({ pull_request: { head: { repo: ours } } }));
    const env = { ...inActions, GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: path };
    expect(trustOf(runContext(env)).why).toMatch(/id of this repository/);
    writeFileSync(path, JSON.stringify(pull(ours)));
    expect(trustOf(runContext(env)).trusted).toBe(true);
  });

  test("is given at home, and withheld from a runner that names no event", () => {
    expect(trustOf(runContext({})).trusted).toBe(true);
    expect(trustOf(runContext(inActions)).trusted).toBe(false);
  });
});

describe("the context of a run", () => {
  test("is read from the runner's variables", () => {
    const context = runContext({
      ...inActions,
      GITHUB_EVENT_NAME: "push",
      GITHUB_REPOSITORY: "me/tool",
      GITHUB_REPOSITORY_ID: "100",
      GITHUB_REF: "refs/tags/v1",
      GITHUB_REF_NAME: "v1",
      GITHUB_REF_TYPE: "tag",
      GITHUB_SHA: "a".repeat(40),
      GITHUB_RUN_ID: "9007199254740993",
      GITHUB_RUN_ATTEMPT: "3",
      GITHUB_SERVER_URL: "https://github.com/",
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_WORKSPACE: "/w",
      GITHUB_ACTOR: "octocat",
      RUNNER_TEMP: "/t",
      RUNNER_TOOL_CACHE: "/c",
    });
    expect(context).toEqual({
      inActions: true,
      eventName: "push",
      event: {},
      repository: "me/tool",
      repositoryId: "100",
      headRepositoryId: null,
      ref: "refs/tags/v1",
      refName: "v1",
      refType: "tag",
      sha: "a".repeat(40),
      runId: "9007199254740993",
      attempt: 3,
      serverUrl: "https://github.com",
      apiUrl: "https://api.github.com",
      workspace: "/w",
      temp: "/t",
      toolCache: "/c",
      actor: "octocat",
      isGhes: false,
    });
  });

  test("is empty at home", () => {
    const context = runContext({ GITHUB_REF_TYPE: "neither", GITHUB_RUN_ATTEMPT: "x" });
    expect(context).toMatchObject({
      inActions: false,
      eventName: null,
      event: {},
      sha: null,
      refType: null,
      attempt: 1,
      isGhes: false,
    });
  });

  test.each([
    ["https://github.com", false],
    ["https://GITHUB.com/", false],
    ["https://me.ghe.com", false],
    ["http://x.localhost:1", false],
    ["http://127.0.0.1:1", true],
    ["https://git.example", true],
    ["https://github.com.example", true],
    ["nonsense", true],
  ])("knows whether %s is a server of one's own", (GITHUB_SERVER_URL, isGhes) => {
    expect(runContext({ GITHUB_SERVER_URL }).isGhes).toBe(isGhes);
  });

  test("refuses a payload that is broken, no object, or larger than any of GitHub's", () => {
    const path = folder.path("broken.json");
    const refusal = expect.objectContaining({ id: "MA007" });
    for (const content of ["", "{", "[]", "null", "1"]) {
      writeFileSync(path, content);
      expect(() => runContext({ GITHUB_EVENT_PATH: path })).toThrow(refusal);
    }
    truncateSync(path, 40 * 1024 * 1024);
    expect(() => runContext({ GITHUB_EVENT_PATH: path })).toThrow(refusal);
    expect(runContext({ GITHUB_EVENT_PATH: folder.path("missing.json") }).event).toEqual({});
  });
});
