import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import * as server from "./fault-server.ts";
import { body, bodyHash, idOf, makePlace, run } from "./setup.ts";

const flipped = Buffer.from(body);
flipped[1000] = (flipped[1000] ?? 0) ^ 1;
const page = Buffer.from("<!DOCTYPE html><html><body>log in</body></html>");

/** Faults that pass: the file must be there in the end, and exactly so many requests were made. */
const mended: readonly [string, server.Step][] = [
  ["a reset before the answer", server.reset],
  ["a body cut with a length", server.cut(body, 30_000)],
  ["a body cut at its first byte", server.cut(body, 0)],
  ["a body cut in chunks", server.cutChunked(body, 30_000)],
  ["a body cut without any framing", server.unframed(body.subarray(0, 30_000))],
  ["a body that halts", server.halt(body, 30_000)],
  ["an answer that never comes", server.silent],
  ["status 408", server.status(408)],
  ["status 429", server.status(429)],
  ["status 500", server.status(500)],
  ["status 502 with a page", server.status(502, { "content-type": "text/html" })],
  ["status 503", server.status(503)],
  ["status 403 that names a time", server.status(403, { "retry-after": "2" })],
];

describe("faults that pass", () => {
  test.each(mended)("%s, twice", async (_name, fault) => {
    await using origin = await server.serve(fault, fault, server.whole(body));
    await using place = await makePlace();
    const { outcome, waits } = await run(
      { url: `${origin.origin}/tool.zip`, destination: place.file, sha256: bodyHash },
      { timeouts: { headers: 300, idle: 300 } },
    );
    expect(outcome).toEqual({ size: body.length, sha256: bodyHash });
    expect(await place.entries()).toEqual(["tool.zip"]);
    expect(await readFile(place.file)).toEqual(body);
    expect(origin.requests.length).toBe(3);
    expect(waits.length).toBe(2);
  });

  test.each(mended)("%s, for ever: red, bounded, nothing left", async (_name, fault) => {
    await using origin = await server.serve(fault);
    await using place = await makePlace();
    const { outcome } = await run(
      { url: `${origin.origin}/tool.zip`, destination: place.file, sha256: bodyHash },
      { timeouts: { headers: 100, idle: 100 }, attempts: 3 },
    );
    expect(["MA502", "MA503", "MA504"]).toContain(idOf(outcome));
    expect(String(outcome)).toContain("the last of 3 attempts");
    expect(origin.requests.length).toBe(3);
    expect(await place.entries()).toEqual([]);
  });
});

/** Faults that another attempt cannot mend: one request, the id that says what it is, nothing left. */
const final: readonly [string, string, server.Step, { sha256?: string; maximumBytes?: number }][] =
  [
    ["one flipped byte", "MA505", server.whole(flipped), { sha256: bodyHash }],
    ["other bytes in chunks", "MA505", server.chunked(flipped), { sha256: bodyHash }],
    [
      "a page by its type",
      "MA506",
      server.whole(body, { "content-type": "text/html; charset=utf-8" }),
      { sha256: bodyHash },
    ],
    ["a page by its bytes", "MA506", server.whole(page), {}],
    ["an announced size above the limit", "MA507", server.whole(body), { maximumBytes: 69_999 }],
    ["a sent size above the limit", "MA507", server.chunked(body), { maximumBytes: 69_999 }],
    [
      "compression on the way",
      "MA512",
      server.whole(body, { "content-encoding": "gzip" }),
      { sha256: bodyHash },
    ],
    ["neither length nor hash", "MA512", server.unframed(body), {}],
    ["status 404", "MA502", server.status(404), {}],
    ["status 401", "MA502", server.status(401), {}],
    ["status 403 without a time", "MA502", server.status(403), {}],
    ["status 204", "MA502", server.status(204), {}],
    ["status 304", "MA502", server.status(304), {}],
  ];

describe("faults that stay", () => {
  test.each(final)("%s is %s", async (_name, id, fault, request) => {
    await using origin = await server.serve(fault);
    await using place = await makePlace();
    const url = `${origin.origin}/tool.zip?sig=secret`;
    const { outcome } = await run({ url, destination: place.file, ...request });
    expect(idOf(outcome)).toBe(id);
    expect(String(outcome)).not.toContain("secret");
    expect(origin.requests.length).toBe(1);
    expect(await place.entries()).toEqual([]);
  });

  test("an older file survives a failed download and is replaced by a good one", async () => {
    await using origin = await server.serve(server.whole(flipped), server.whole(body));
    await using place = await makePlace();
    await writeFile(place.file, "old");
    const request = { url: `${origin.origin}/t`, destination: place.file, sha256: bodyHash };
    expect(idOf((await run(request)).outcome)).toBe("MA505");
    expect(await readFile(place.file, "utf8")).toBe("old");
    expect(idOf((await run(request)).outcome)).toBe("done");
    expect(await readFile(place.file)).toEqual(body);
    expect(await place.entries()).toEqual(["tool.zip"]);
  });

  test("bodies of each framing arrive, also without a hash where the framing tells the end", async () => {
    await using place = await makePlace();
    for (const [step, sha256] of [
      [server.whole(body), undefined],
      [server.chunked(body), undefined],
      [server.unframed(body), bodyHash.toUpperCase()],
      [server.whole(new Uint8Array()), undefined],
    ] as const) {
      await using origin = await server.serve(step);
      const known = sha256 === undefined ? {} : { sha256 };
      const { outcome } = await run({ url: origin.origin, destination: place.file, ...known });
      expect(idOf(outcome)).toBe("done");
    }
  });

  // Node's own fetch ends the process here (Node 22 and 24): the body is over while its reader still writes.
  test("a long body without any framing arrives", async () => {
    const long = Buffer.alloc(5_000_000, "x");
    await using origin = await server.serve(server.unframed(long));
    await using place = await makePlace();
    const { outcome } = await run({
      url: origin.origin,
      destination: place.file,
      maximumBytes: 1e7,
      sha256: createHash("sha256").update(long).digest("hex"),
    });
    expect(idOf(outcome)).toBe("done");
  });

  test("a body that ends cleanly before its length is not whole, whatever fetch thinks of it", async () => {
    await using place = await makePlace();
    const headers = { "content-length": "10" };
    const { outcome } = await run(
      { url: "https://example.com/tool.zip", destination: place.file },
      { fetch: async () => new Response("short", { headers }), attempts: 2 },
    );
    expect(idOf(outcome)).toBe("MA504");
    expect(await place.entries()).toEqual([]);
  });

  test("a connection that never stands is given up", async () => {
    await using place = await makePlace();
    // TLS towards a server that says nothing: connected, but not usable.
    const mute = createServer().listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as AddressInfo;
    const { outcome } = await run(
      { url: `https://127.0.0.1:${port}/`, destination: place.file },
      { attempts: 2, timeouts: { connect: 100 } },
    );
    mute.close();
    expect(idOf(outcome)).toBe("MA503");
    expect(String(outcome)).toContain("no connection within 0.1 s");
  });

  test("a web page is welcome where any content is", async () => {
    await using origin = await server.serve(server.whole(page, { "content-type": "text/html" }));
    await using place = await makePlace();
    const request = { url: origin.origin, destination: place.file, content: "any" } as const;
    expect(idOf((await run(request)).outcome)).toBe("done");
  });

  test("a file that the disk has no room for is refused before a byte is stored", async () => {
    await using origin = await server.serve((_request, response) => {
      response.writeHead(200, { "content-length": String(2 ** 52) });
      response.write("some");
    });
    await using place = await makePlace();
    const { outcome } = await run({
      url: origin.origin,
      destination: place.file,
      maximumBytes: 2 ** 53,
    });
    expect(idOf(outcome)).toBe("MA508");
    expect(String(outcome)).toMatch(/4503599627370496 bytes[\s\S]*bytes free/);
    expect(origin.requests.length).toBe(1);
    expect(await place.entries()).toEqual([]);
  });

  test("a folder that is not there is not retried", async () => {
    await using origin = await server.serve(server.whole(body));
    await using place = await makePlace();
    const destination = `${place.folder}/missing/tool.zip`;
    const { outcome, waits } = await run({ url: origin.origin, destination });
    expect(idOf(outcome)).toBe("MA508");
    expect(String(outcome)).toContain("ENOENT");
    expect(waits).toEqual([]);
  });

  test("an unreachable port is tried again and then named", async () => {
    let address = "";
    {
      await using closed = await server.serve(server.silent);
      address = closed.origin;
    }
    await using place = await makePlace();
    const { outcome, waits } = await run({ url: address, destination: place.file });
    expect(idOf(outcome)).toBe("MA503");
    expect(String(outcome)).toContain("ECONNREFUSED");
    expect(waits.length).toBe(5);
  });
});
