import { truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { runContext } from "@multiarch/github";
import { inActions, temporaryFolder } from "./helpers.ts";

const folder = temporaryFolder();

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
