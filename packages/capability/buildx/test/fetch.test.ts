import { createHash } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { userError } from "../../../../test/support/temporary.ts";
import { releases } from "../src/data/releases.ts";
import { expectedHash, fetchProgram, listReleases } from "../src/fetch.ts";
import { sourceOf } from "../src/sources.ts";
import { surroundings } from "./surroundings.ts";

const hash = "ab".repeat(32);
type Answer = { readonly status?: number; readonly body: string; readonly type?: string };
let server: Server;
let answers: Record<string, Answer>;
let asked: string[];
let mirror: string;

beforeEach(async () => {
  answers = {};
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status = 200, body, type = "text/plain" } = answers[path] ?? { status: 404, body: "" };
    response.writeHead(status, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
});

async function place() {
  const here = await surroundings({ env: { MULTIARCH_BUILDX_MIRROR: mirror } });
  return { ...here, source: sourceOf(here.env) };
}

describe("the hash that a buildx must have", () => {
  const known = releases[0]?.files["linux-amd64"] ?? "";
  const version = releases[0]?.version ?? "";

  test("is in our table: nobody is asked", async () => {
    const expected = { sha256: known, from: "our table" };
    expect(await expectedHash(version, "linux-amd64", null, await place())).toEqual(expected);
    expect(await expectedHash(version, "linux-amd64", known, await place())).toEqual(expected);
    expect(asked).toEqual([]);
  });

  test("the user's, when it contradicts our table, is refused with both", async () => {
    const error = await userError(expectedHash(version, "linux-amd64", hash, await place()));
    expect([error.id, error.message]).toEqual(["MA484", expect.stringContaining(known)]);
    expect(error.message).toContain(hash);
  });

  test("is the user's for what we do not know: nobody is asked", async () => {
    const found = await expectedHash("99.0.0", "linux-amd64", hash, await place());
    expect([found, asked]).toEqual([{ sha256: hash, from: "the input checksum" }, []]);
  });

  test("is in the release's own list, and for files that are signed later in the second one", async () => {
    answers["/v99.0.0/checksums.txt"] = { body: `${hash} *buildx-v99.0.0.linux-amd64\n` };
    const windows = `${"cd".repeat(32)} *buildx-v99.0.0.windows-amd64.exe\n`;
    answers["/v99.0.0/checksums-signed.txt"] = { body: windows };
    const here = await place();
    const from = "the release's checksum file";
    expect(await expectedHash("99.0.0", "linux-amd64", null, here)).toEqual({ sha256: hash, from });
    expect(asked).toEqual(["/v99.0.0/checksums.txt"]);
    const other = await expectedHash("99.0.0", "windows-amd64.exe", null, here);
    expect(other).toEqual({ sha256: "cd".repeat(32), from });
    expect(await readdir(here.temporaryFolder)).toEqual([]);
  });

  test.each<[string, Answer | null]>([
    ["no list at all", null],
    ["a list without this file", { body: `${hash} *buildx-v99.0.0.linux-arm64\n` }],
    [
      "two hashes for it",
      {
        body: `${hash} *buildx-v99.0.0.linux-amd64\n${"cd".repeat(32)} *buildx-v99.0.0.linux-amd64\n`,
      },
    ],
    ["a page", { body: "<!doctype html><html></html>", type: "text/html" }],
  ])("is known to nobody with %s: refused", async (_what, answer) => {
    if (answer !== null) answers["/v99.0.0/checksums.txt"] = answer;
    const error = await userError(expectedHash("99.0.0", "linux-amd64", null, await place()));
    expect(error.id).toBe("MA483");
  });

  test("a server that fails is not an absent list", async () => {
    answers["/v99.0.0/checksums.txt"] = { status: 500, body: "" };
    const error = await userError(expectedHash("99.0.0", "linux-amd64", null, await place()));
    expect(error.id).toMatch(/^MA50/);
    expect(asked.length).toBeGreaterThan(1);
  });
});

describe("the list of releases", () => {
  test("previews, drafts and other tags are left out", async () => {
    const list = [
      { tag_name: "v0.99.0-rc1", prerelease: true },
      { tag_name: "v0.98.0", prerelease: true },
      { tag_name: "v0.97.0", draft: true },
      { tag_name: "v0.96.0", prerelease: false, draft: false },
      { tag_name: "nightly" },
      { tag_name: 5 },
      null,
    ];
    answers["/releases.json"] = { body: JSON.stringify(list) };
    const here = await place();
    expect(await listReleases(here.source, here)).toEqual(["0.96.0"]);
  });

  test.each(["{", '{"message": "API rate limit exceeded"}'])("%s is none", async (body) => {
    answers["/releases.json"] = { body };
    const here = await place();
    expect((await userError(listReleases(here.source, here))).id).toBe("MA498");
  });
});

describe("the program", () => {
  const body = "#!/bin/sh\nexit 0\n";
  const sha256 = createHash("sha256").update(body).digest("hex");

  async function fetchIt(wanted: string): Promise<string[]> {
    const here = await place();
    await mkdir(here.home);
    const url = here.source.file("1.0.0", "x");
    const destination = join(here.home, "buildx");
    try {
      await fetchProgram({ url, sha256: wanted, destination }, here.source, here);
    } catch (error) {
      expect(await readdir(here.home)).toEqual([]);
      throw error;
    }
    return readdir(here.home);
  }

  test("has its name only with the right hash", async () => {
    answers["/v1.0.0/x"] = { body, type: "application/octet-stream" };
    expect(await fetchIt(sha256)).toEqual(["buildx"]);
    expect((await userError(fetchIt(hash))).id).toBe("MA505");
  });

  test("a page is not a program", async () => {
    answers["/v1.0.0/x"] = { body: "<!doctype html><html></html>", type: "text/html" };
    expect((await userError(fetchIt(sha256))).id).toBe("MA506");
  });

  test("404 is said at once", async () => {
    expect((await userError(fetchIt(sha256))).id).toBe("MA502");
    expect(asked).toHaveLength(1);
  });
});
