import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type ArtifactService, startArtifactService } from "./artifact-service.ts";

let service: ArtifactService;
beforeEach(async () => {
  service = await startArtifactService({ identity: { run: "run", job: "job" } });
});
afterEach(() => service.close());

const ids = { workflow_run_backend_id: "run", workflow_job_run_backend_id: "job" };
const creation = { ...ids, name: "leg", version: 7, mime_type: "application/zip" };
const content = Buffer.from("PK");
const otherHash = `sha256:${"0".repeat(64)}`;

async function call(
  method: string,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const route = `${service.url}/twirp/github.actions.results.api.v1.ArtifactService/${method}`;
  const response = await fetch(route, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${service.token}`,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const parsed: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, body: parsed };
}

/** Creates an artifact; its upload address, extended by a query. */
async function create(name = "leg"): Promise<(query: string) => string> {
  const { body } = await call("CreateArtifact", { ...creation, name });
  return (query) => `${body.signed_upload_url}&${query}`;
}

async function put(url: string, body: string | Uint8Array): Promise<number> {
  const headers = { "x-ms-version": "2025-01-05", "x-ms-blob-content-type": "application/zip" };
  return (await fetch(url, { method: "PUT", headers, body: Buffer.from(body) })).status;
}

const block = (text: string) => `comp=block&blockid=${encodeURIComponent(btoa(text))}`;
const blockList = (...texts: string[]) =>
  `<BlockList>${texts.map((text) => `<Latest>${btoa(text)}</Latest>`).join("")}</BlockList>`;

async function upload(name = "leg"): Promise<void> {
  const address = await create(name);
  await put(address(block("1")), content);
  await put(address("comp=blocklist"), blockList("1"));
}

async function finalize(name = "leg"): Promise<string> {
  const stored = await sha256();
  const { body } = await call("FinalizeArtifact", { ...ids, name, size: "2", hash: stored });
  return String(body.artifact_id);
}

async function sha256(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return `sha256:${Buffer.from(digest).toString("hex")}`;
}

describe("the results service refuses", () => {
  test.each([
    ["an unknown field", { ...creation, extra: 1 }, 400],
    ["a missing field", ids, 400],
    ["another version", { ...creation, version: 4 }, 400],
    ["another type", { ...creation, mime_type: "text/html" }, 400],
    ["a name with a slash", { ...creation, name: "a/b" }, 400],
    ["an empty name", { ...creation, name: "" }, 400],
    ["another run", { ...creation, workflow_run_backend_id: "other" }, 403],
    ["another job", { ...creation, workflow_job_run_backend_id: "other" }, 403],
    ["what is no JSON", "{", 400],
    ["what is no object", "[1]", 400],
  ])("%s", async (_title, body, status) => {
    expect((await call("CreateArtifact", body)).status).toBe(status);
    expect(service.artifacts()).toEqual([]);
  });

  test("an unknown method, another content type", async () => {
    expect((await call("MigrateArtifact", ids)).status).toBe(404);
    const type = { "content-type": "application/protobuf" };
    expect((await call("CreateArtifact", creation, type)).status).toBe(415);
  });

  test("tokens that are absent, forged, foreign or without the scope", async () => {
    const [head, , signature] = service.token.split(".");
    const claims = btoa('{"scp":"Actions.Results:run:job"}').replaceAll("=", "");
    const other = await startArtifactService({ identity: { run: "run", job: "job" } });
    const tokens = [
      "",
      `Bearer ${head}.${claims}.${signature}`,
      `Bearer ${other.token}`,
      `Bearer ${service.tokenFor({}, "Actions.GenericRead:1")}`,
      `Bearer ${service.tokenFor({}, "Actions.Results:run")}`,
      `Basic ${service.token}`,
    ];
    await other.close();
    for (const authorization of tokens) {
      expect((await call("ListArtifacts", ids, { authorization })).status).toBe(401);
    }
    expect((await call("ListArtifacts", ids)).status).toBe(200);
  });

  test("a name that is taken, also by an upload that never ended", async () => {
    await create();
    const second = await call("CreateArtifact", creation);
    expect(second).toMatchObject({ status: 409, body: { code: "already_exists" } });
    expect((await call("ListArtifacts", ids)).body).toEqual({ artifacts: [] });
    expect((await call("DeleteArtifact", { ...ids, name: "leg" })).status).toBe(404);
  });

  test("an end without an upload, with another size or hash, by another job, or twice", async () => {
    await create();
    const right = { ...ids, name: "leg", size: "2", hash: await sha256() };
    expect((await call("FinalizeArtifact", right)).status).toBe(400);
    await upload("two");
    const two = { ...right, name: "two" };
    for (const wrong of [
      { ...two, size: "3" },
      { ...two, size: 2 },
      { ...two, hash: otherHash },
    ]) {
      expect((await call("FinalizeArtifact", wrong)).status).toBe(400);
    }
    const authorization = `Bearer ${service.tokenFor({ job: "other" })}`;
    const foreign = { ...two, workflow_job_run_backend_id: "other" };
    expect((await call("FinalizeArtifact", foreign, { authorization })).status).toBe(404);
    expect((await call("FinalizeArtifact", two)).status).toBe(200);
    expect((await call("FinalizeArtifact", two)).status).toBe(409);
  });
});

test("an artifact is listed with its digest, filtered by name and id, for its run alone", async () => {
  await upload();
  const id = await finalize();
  const { body } = await call("ListArtifacts", { ...ids, name_filter: "leg", id_filter: id });
  expect(body.artifacts).toEqual([
    {
      ...ids,
      database_id: id,
      name: "leg",
      size: "2",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      digest: await sha256(),
    },
  ]);
  for (const filter of [{ name_filter: "le" }, { id_filter: "1" }]) {
    expect((await call("ListArtifacts", { ...ids, ...filter })).body.artifacts).toEqual([]);
  }
  const authorization = `Bearer ${service.tokenFor({ run: "other" })}`;
  const foreign = { ...ids, workflow_run_backend_id: "other" };
  expect((await call("ListArtifacts", foreign, { authorization })).body.artifacts).toEqual([]);
  const named = { ...foreign, name: "leg" };
  expect((await call("GetSignedArtifactURL", named, { authorization })).status).toBe(404);
});

describe("the blob store", () => {
  test("puts blocks together in the order of the list, not of their arrival", async () => {
    const address = await create();
    expect(await put(address(block("b")), "world")).toBe(201);
    expect(await put(address(block("a")), "hello ")).toBe(201);
    expect(await put(address(block("c")), "never listed")).toBe(201);
    expect(await put(address("comp=blocklist"), blockList("a", "b"))).toBe(201);
    expect(Buffer.from(service.artifacts()[0]?.content ?? []).toString()).toBe("hello world");
  });

  test("refuses ids that are no base64 or of another length, unknown ones in a list, other requests", async () => {
    const address = await create();
    expect(await put(address("comp=block&blockid=%21"), "x")).toBe(400);
    expect(await put(address(block("a")), "x")).toBe(201);
    expect(await put(address(block("longer")), "x")).toBe(400);
    expect(await put(address("comp=blocklist"), blockList("z"))).toBe(400);
    expect(await put(address("comp=blocklist"), "<html>")).toBe(400);
    expect(await put(address("comp=properties"), "x")).toBe(400);
  });

  test("refuses addresses that are forged, for something else, or of a finished artifact", async () => {
    const address = await create();
    const forged = new URL(address("comp=blocklist"));
    forged.searchParams.set("se", "2999-01-01T00:00:00.000Z");
    expect(await put(forged.href, blockList())).toBe(403);
    expect((await fetch(address(""))).status).toBe(403);
    await put(address(block("1")), content);
    await put(address("comp=blocklist"), blockList("1"));
    await finalize();
    expect(await put(address(block("1")), "evil")).toBe(409);
  });

  test("refuses addresses that have expired", async () => {
    await service.close();
    service = await startArtifactService({
      identity: { run: "run", job: "job" },
      addressLifetimeMs: 0,
    });
    const address = await create();
    expect(await put(address(block("1")), content)).toBe(403);
  });

  test("gives out a finished artifact as a zip", async () => {
    await upload();
    await finalize();
    const { body } = await call("GetSignedArtifactURL", { ...ids, name: "leg" });
    const response = await fetch(String(body.signed_url));
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="leg.zip"');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
  });
});

test("a deleted artifact is gone, and its name is free", async () => {
  await upload();
  const id = await finalize();
  const { body } = await call("DeleteArtifact", { ...ids, name: "leg" });
  expect(body).toEqual({ ok: true, artifact_id: id });
  expect((await call("CreateArtifact", creation)).status).toBe(200);
});

test("requests are recorded without their signatures", async () => {
  await upload();
  expect(service.requests.map(({ call: name, status }) => [name, status])).toEqual([
    ["CreateArtifact", 200],
    ["PutBlock", 201],
    ["PutBlockList", 201],
  ]);
  expect(JSON.stringify(service.requests)).not.toContain("sig");
});
