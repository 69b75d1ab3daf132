import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { actionsTransport } from "../src/index.ts";
import {
  bed,
  contentsOf,
  folderWith,
  recordingLog,
  service,
  temporaryFolder,
  userErrorOf,
} from "./support.ts";

describe("the way to the service", () => {
  const good = {
    GITHUB_SERVER_URL: "https://github.com",
    ACTIONS_RESULTS_URL: "http://127.0.0.1:1/",
    ACTIONS_RUNTIME_TOKEN: `x.${Buffer.from('{"scp":"Actions.Results:1:2"}').toString("base64url")}.x`,
  };
  const claims = (value: unknown): string =>
    `x.${Buffer.from(JSON.stringify(value)).toString("base64url")}.x`;

  test.each([
    ["https://ghes.example.com", false],
    ["http://127.0.0.1:8080", false],
    ["not a URL", false],
    ["https://github.com.evil.example", false],
    ["https://github.com", true],
    ["https://octo.ghe.com", true],
    ["http://runner.localhost", true],
    ["", true],
  ])("GITHUB_SERVER_URL %j: %s", async (url, usable) => {
    const work = actionsTransport({ ...good, GITHUB_SERVER_URL: url }, silentLog);
    if (usable) {
      expect((await work).kind).toBe("actions");
      return;
    }
    const error = await userErrorOf(work);
    expect(error.id).toBe("MA546");
    expect(error.message).toContain("MULTIARCH_TRANSPORT=directory:");
  });

  test.each([
    ["ACTIONS_RESULTS_URL", undefined],
    ["ACTIONS_RESULTS_URL", "no url"],
    ["ACTIONS_RUNTIME_TOKEN", undefined],
    ["ACTIONS_RUNTIME_TOKEN", "no token"],
    ["ACTIONS_RUNTIME_TOKEN", claims({})],
    ["ACTIONS_RUNTIME_TOKEN", claims({ scp: "Actions.GenericRead:1" })],
    ["ACTIONS_RUNTIME_TOKEN", claims({ scp: "Actions.Results:1" })],
    ["ACTIONS_RUNTIME_TOKEN", claims({ scp: "Actions.Results:1:2:3" })],
    ["ACTIONS_RUNTIME_TOKEN", claims(null)],
  ])("%s=%j is named as the cause", async (name, value) => {
    const error = await userErrorOf(actionsTransport({ ...good, [name]: value }, silentLog));
    expect(error.id).toBe("MA546");
    expect(error.message).toContain(name);
    expect(error.message).not.toContain("no token");
  });

  test("a service that is not there", async () => {
    const transport = await actionsTransport(good, silentLog, {
      wait: async () => {},
      limits: { attempts: 2 },
    });
    const error = await userErrorOf(transport.list(""));
    expect(error.id).toBe("MA547");
    expect(error.message).toContain("ECONNREFUSED");
  });

  test("a token that the service does not know", async () => {
    const [here, other] = [await service(), await service()];
    const env = { ...here.environment(), ACTIONS_RUNTIME_TOKEN: other.token };
    const transport = await actionsTransport(env, silentLog);
    const error = await userErrorOf(transport.list(""));
    expect(error.id).toBe("MA548");
    expect(error.message).toContain("401");
  });
});

test("jobs of one run share artifacts, other runs see nothing", async () => {
  const here = await service();
  const transportOf = async (identity: { run?: string; job?: string }) =>
    actionsTransport(here.environment(identity), silentLog, { print: () => {} });
  const item = await (await transportOf({ job: "one" })).put("leg", await folderWith({ a: "1" }));
  const second = await transportOf({ job: "two" });
  expect(await second.list("")).toEqual([item]);
  const out = join(await temporaryFolder(), "out");
  await second.get(item, out);
  expect(await contentsOf(out)).toEqual({ a: "1" });
  const foreign = await transportOf({ run: "other" });
  expect(await foreign.list("")).toEqual([]);
  const error = await userErrorOf(foreign.get(item, join(await temporaryFolder(), "out")));
  expect(error.id).toBe("MA542");
});

test("two services in one process do not mix, whatever runs at once", async () => {
  const services = [await service(), await service()];
  const work = services.map(async (here, index) => {
    const transport = await actionsTransport(here.environment(), silentLog, { print: () => {} });
    await transport.put(`leg.${index}`, await folderWith({ a: String(index) }));
    return (await transport.list("")).map(({ name }) => name);
  });
  expect(await Promise.all(work)).toEqual([["leg.0"], ["leg.1"]]);
});

test("the environment of the process is as it was", async () => {
  const before = { ...process.env };
  const { transport } = await bed();
  await transport.put("leg", await folderWith({ a: "1" }));
  await userErrorOf(transport.get({ reference: "7" }, join(await temporaryFolder(), "out")));
  expect({ ...process.env }).toEqual(before);
});

test("signatures and tokens are in no log; the runner is told to mask them", async () => {
  const { transport, service: here, log, printed } = await bed();
  const item = await transport.put("leg", await folderWith({ a: "1" }));
  await transport.get(item, join(await temporaryFolder(), "out"));
  here.plan([{ call: "GetBlob", fault: { kind: "cut", bytes: 3 } }]);
  const error = await userErrorOf(transport.get(item, join(await temporaryFolder(), "out")));
  const masked = printed.map((line) => /^::add-mask::([0-9a-f]{64})\n$/.exec(line)?.[1] ?? line);
  expect(new Set(masked).size).toBeGreaterThan(2);
  const said = [...log.lines, error.message, String(error.stack)].join("\n");
  expect(said).toContain("SHA256 digest of uploaded artifact");
  for (const secret of [...masked, here.token, "sig=", "::debug::"])
    expect(said).not.toContain(secret);
});

test("retention is passed on, within the limit of the repository", async () => {
  const here = await service();
  const env = { ...here.environment(), GITHUB_RETENTION_DAYS: "5" };
  const transport = await actionsTransport(env, recordingLog(), { print: () => {} });
  const folder = await folderWith({ a: "1" });
  await transport.put("short", folder, { retentionDays: 1 });
  await transport.put("long", folder, { retentionDays: 90 });
  await transport.put("default", folder);
  const day = 24 * 60 * 60 * 1000;
  const days = here.artifacts().map(({ expiresAt }) => {
    return expiresAt === null ? null : Math.round((Date.parse(expiresAt) - Date.now()) / day);
  });
  expect(days).toEqual([1, 5, null]);
});

test("a list that may be cut off is reported", async () => {
  const here = await bed();
  const artifacts = Array.from({ length: 1000 }, (_, index) => ({
    workflow_run_backend_id: "r",
    workflow_job_run_backend_id: "j",
    database_id: String(index + 1),
    name: index % 2 === 0 ? "leg.twice" : `other.${index}`,
    size: "1",
  }));
  const body = JSON.stringify({ artifacts });
  const headers = { "content-type": "application/json" };
  here.service.plan([
    { call: "ListArtifacts", fault: { kind: "answer", status: 200, headers, body } },
  ]);
  const items = await here.transport.list("leg.");
  // All of one name, the oldest first: an earlier attempt may be the valid one.
  expect(items.map(({ reference }) => Number(reference)).slice(0, 3)).toEqual([1, 3, 5]);
  expect(items).toHaveLength(500);
  expect(items[0]).toEqual({
    name: "leg.twice",
    reference: "1",
    digest: null,
    size: 1,
    createdAt: null,
  });
  expect(here.log.lines).toContain("the run lists 1000 artifacts: the list may be incomplete");
});

test.each([
  "null",
  "[]",
  '"text"',
  '{"artifacts":7}',
  '{"artifacts":[{"database_id":"-1e9"}]}',
  '{"artifacts":[{"database_id":"99999999999999999999"}]}',
  '{"__proto__":{"artifacts":[]},"constructor":1}',
])("an answer of another shape is an error or an empty list: %s", async (body) => {
  const here = await bed({}, { limits: { attempts: 2 } });
  const headers = { "content-type": "application/json" };
  here.service.plan([
    { call: "ListArtifacts", fault: { kind: "answer", status: 200, headers, body } },
  ]);
  const outcome = await here.transport.list("").catch((error: unknown) => error);
  if (Array.isArray(outcome)) expect(outcome).toEqual([]);
  else expect(outcome).toMatchObject({ name: "UserError", id: "MA547" });
});
