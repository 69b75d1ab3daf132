import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { download } from "@multiarch/download";
import * as server from "./fault-server.ts";
import { body, bodyHash, idOf, makePlace, run } from "./setup.ts";

const start = Date.UTC(2026, 0, 1);

describe("waiting between attempts", () => {
  test("the ceiling doubles, and the wait is anywhere below it", async () => {
    await using origin = await server.serve(server.status(500));
    await using place = await makePlace();
    const request = { url: origin.origin, destination: place.file };
    const options = { attempts: 8, budgetMs: 1e9 };
    const half = await run(request, { ...options, random: () => 0.5 });
    expect(half.waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    const none = await run(request, { ...options, random: () => 0 });
    expect(none.waits).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  const asked: readonly [string, Record<string, string>, number][] = [
    ["seconds", { "retry-after": "7" }, 7000],
    ["a date", { "retry-after": new Date(start + 9000).toUTCString() }, 9000],
    ["a date that has passed", { "retry-after": new Date(start - 9000).toUTCString() }, 0],
    [
      "the reset of a quota",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(start / 1000 + 11) },
      11_000,
    ],
    ["what cannot be read: our own pause", { "retry-after": "soon" }, 500],
    ["a quota that is left: our own pause", { "x-ratelimit-remaining": "5" }, 500],
  ];
  test.each(asked)("a server that names %s is obeyed", async (_name, headers, expected) => {
    await using origin = await server.serve(server.status(429, headers), server.whole(body));
    await using place = await makePlace();
    const { outcome, waits } = await run({ url: origin.origin, destination: place.file });
    expect(idOf(outcome)).toBe("done");
    expect(waits).toEqual([expected]);
  });

  test.each(["301", "999999999999"])("asked to wait %s s, above the budget", async (seconds) => {
    await using origin = await server.serve(server.status(503, { "retry-after": seconds }));
    await using place = await makePlace();
    const { outcome, waits } = await run({ url: origin.origin, destination: place.file });
    expect(idOf(outcome)).toBe("MA509");
    expect(String(outcome)).toContain("status 503");
    expect(waits).toEqual([]);
    expect(origin.requests.length).toBe(1);
  });

  test("the budget ends the attempts", async () => {
    await using origin = await server.serve(server.status(500));
    await using place = await makePlace();
    const { outcome, waits } = await run(
      { url: origin.origin, destination: place.file },
      { budgetMs: 3000 },
    );
    expect(idOf(outcome)).toBe("MA502");
    expect(waits).toEqual([500, 1000]);
  });

  test("an attempt as a whole is limited, though bytes keep coming", async () => {
    await using origin = await server.serve((_request, response) => {
      response.writeHead(200, { "content-length": body.length });
      const drip = setInterval(() => response.write("x"), 20);
      response.once("close", () => clearInterval(drip));
    });
    await using place = await makePlace();
    const { outcome } = await run(
      { url: origin.origin, destination: place.file },
      { attempts: 2, timeouts: { total: 300 } },
    );
    expect(idOf(outcome)).toBe("MA504");
    expect(await place.entries()).toEqual([]);
  });
});

describe("being told to stop", () => {
  test.each([
    ["before", server.whole(body), 0],
    ["while the answer is awaited", server.silent, 1],
    ["while the body comes", server.halt(body, 30_000), 1],
  ])("%s", async (_name, step, requests) => {
    const controller = new AbortController();
    await using origin = await server.serve((request, response) => {
      step(request, response);
      setTimeout(() => controller.abort(new Error("cancelled")), 50);
    });
    if (requests === 0) controller.abort(new Error("cancelled"));
    await using place = await makePlace();
    const request = { url: origin.origin, destination: place.file, maximumBytes: 1e6 };
    await expect(download(request, { log: silentLog, signal: controller.signal })).rejects.toThrow(
      "cancelled",
    );
    expect(origin.requests.length).toBe(requests);
    expect(await place.entries()).toEqual([]);
  });

  test("during the wait for the next attempt", async () => {
    const controller = new AbortController();
    await using origin = await server.serve(server.status(503, { "retry-after": "60" }));
    await using place = await makePlace();
    const request = { url: origin.origin, destination: place.file, maximumBytes: 1e6 };
    const log = { ...silentLog, info: () => controller.abort(new Error("cancelled")) };
    await expect(download(request, { log, signal: controller.signal })).rejects.toThrow();
    expect(origin.requests.length).toBe(1);
  });

  test("a hash is still checked after a retry", async () => {
    await using origin = await server.serve(server.reset, server.whole(body));
    await using place = await makePlace();
    const sha256 = bodyHash.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
    const { outcome } = await run({ url: origin.origin, destination: place.file, sha256 });
    expect(idOf(outcome)).toBe("MA505");
  });
});
