import { describe, expect, test } from "@jest/globals";
import { failure, hintFor, mayPass, toolEnvironment } from "../src/command.ts";

const result = {
  code: 1,
  signal: null,
  stdout: "",
  stderr: "",
  truncated: false,
  ms: 1,
  timedOut: false,
  aborted: false,
};

describe("what buildx sees", () => {
  test("neither tokens nor the certificates that we write to files", () => {
    const env = {
      PATH: "/bin",
      DOCKER_AUTH_CONFIG: "{}",
      ACTIONS_RUNTIME_TOKEN: "x",
      GITHUB_TOKEN: "x",
      INPUT_NAME: "x",
      BUILDER_NODE_0_AUTH_TLS_KEY: "x",
      BUILDER_NODE_12_AUTH_TLS_CACERT: "x",
    };
    expect(toolEnvironment(env, { DEBUG: "1" })).toEqual({
      PATH: "/bin",
      DOCKER_AUTH_CONFIG: "{}",
      DEBUG: "1",
    });
  });
});

describe("what is said of a failure", () => {
  test("is more than its last line, which in newer versions of docker only names its help", () => {
    const tail = [
      "ERROR: unable to apply caps: operation not permitted",
      "",
      "Run 'docker run --help' for more information",
    ];
    const { message } = failure("MA494", "the image cannot be fetched", { ...result, tail });
    expect(message).toContain("unable to apply caps");
    expect(message).not.toContain("--help");
    expect(message).toContain("the engine must allow privileged containers");
  });

  test.each([
    ["toomanyrequests: You have reached your pull rate limit", "log in to the registry"],
    [
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock",
      "start the container engine",
    ],
    ["permission denied while trying to connect to docker.sock", "group docker"],
    ["x509: certificate signed by unknown authority", "check the certificates"],
    ["proxyconnect tcp: dial tcp: lookup proxy", "check HTTPS_PROXY"],
  ])("%s", (text, hint) => {
    expect(hintFor(text)).toContain(hint);
  });

  test.each([
    ["unexpected EOF", true],
    ["net/http: TLS handshake timeout", true],
    ["received unexpected HTTP status: 503 Service Unavailable", true],
    ["toomanyrequests: rate exceeded", true],
    ["manifest unknown", false],
    ["unauthorized: authentication required", false],
  ])("%s may pass: %j", (text, expected) => {
    expect(mayPass(text)).toBe(expected);
  });
});
