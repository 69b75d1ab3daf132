import { describe, expect, test } from "@jest/globals";
import * as server from "./fault-server.ts";
import { body, bodyHash, idOf, makePlace, run } from "./setup.ts";

const secrets = { authorization: "Bearer secret", "x-api-key": "secret" };

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])("status %d is followed on the same host", async (code) => {
    await using origin = await server.serve(server.redirect("/b?x=1", code), server.whole(body));
    await using place = await makePlace();
    const url = `${origin.origin}/a`;
    const { outcome } = await run({ url, destination: place.file, headers: secrets });
    expect(idOf(outcome)).toBe("done");
    expect(origin.requests.map(({ url }) => url)).toEqual(["/a", "/b?x=1"]);
    expect(origin.requests.map(({ headers }) => headers["x-api-key"])).toEqual([
      "secret",
      "secret",
    ]);
  });

  test("five are followed, a sixth is not", async () => {
    await using place = await makePlace();
    const five = Array.from({ length: 5 }, (_, at) => server.redirect(`/${at}`));
    await using fine = await server.serve(
      server.redirect("/a"),
      ...five.slice(1),
      server.whole(body),
    );
    const good = await run({ url: fine.origin, destination: place.file });
    expect(idOf(good.outcome)).toBe("done");
    await using loop = await server.serve(server.redirect("/again"));
    const { outcome } = await run({ url: loop.origin, destination: `${place.file}.2` });
    expect(idOf(outcome)).toBe("MA501");
    expect(loop.requests.length).toBe(6);
    expect(await place.entries()).toEqual(["tool.zip"]);
  });

  test("another host is refused unless it is on the list, and no header reaches it", async () => {
    await using place = await makePlace();
    await using target = await server.serve(server.whole(body));
    const elsewhere = `http://localhost:${target.port}/file`;
    await using origin = await server.serve(server.redirect(elsewhere));
    const request = { url: origin.origin, destination: place.file, headers: secrets };
    const refused = await run(request);
    expect(idOf(refused.outcome)).toBe("MA501");
    expect(target.requests.length).toBe(0);

    for (const allowedHosts of [["127.0.0.1", "LOCALHOST"], ["*"]]) {
      const allowed = await run({ ...request, allowedHosts });
      expect(idOf(allowed.outcome)).toBe("done");
    }
    expect(target.requests.length).toBe(2);
    expect(Object.values(target.requests[0]?.headers ?? {}).join()).not.toContain("secret");
    expect(target.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test("another port is another origin: headers stay behind", async () => {
    await using place = await makePlace();
    await using target = await server.serve(server.whole(body));
    await using origin = await server.serve(server.redirect(target.origin));
    const { outcome } = await run({
      url: origin.origin,
      destination: place.file,
      headers: secrets,
    });
    expect(idOf(outcome)).toBe("done");
    expect(target.requests[0]?.headers.authorization).toBeUndefined();
    expect(target.requests[0]?.headers["x-api-key"]).toBeUndefined();
  });

  test.each([
    ["an insecure address", "http://example.com/tool.zip"],
    ["a file", "file:///etc/passwd"],
    ["a user and password", "http://a:b@127.0.0.1/"],
    ["nothing", ""],
    ["no URL", "http://["],
  ])("one that leads to %s is refused", async (_name, location) => {
    await using place = await makePlace();
    await using origin = await server.serve(
      location === "" ? server.status(302) : server.redirect(location),
    );
    const allowedHosts = ["127.0.0.1", "example.com"];
    const { outcome } = await run({ url: origin.origin, destination: place.file, allowedHosts });
    expect(idOf(outcome)).toBe("MA501");
    expect(await place.entries()).toEqual([]);
  });

  test("hosts of a list with a leading dot are subdomains only", async () => {
    await using place = await makePlace();
    await using origin = await server.serve(server.redirect("https://evil-example.com/"));
    const allowedHosts = ["127.0.0.1", ".example.com"];
    const { outcome } = await run({ url: origin.origin, destination: place.file, allowedHosts });
    expect(idOf(outcome)).toBe("MA501");
  });
});

describe("addresses", () => {
  test.each(["http://example.com/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "tool.zip", ""])(
    "%j is refused before any request",
    async (url) => {
      await using place = await makePlace();
      const { outcome } = await run({ url, destination: place.file });
      expect(idOf(outcome)).toBe("MA500");
    },
  );

  test("a user and password travel as a header and are never shown", async () => {
    await using place = await makePlace();
    await using origin = await server.serve(server.whole(body), server.status(404));
    const url = origin.origin.replace("http://", "http://me:p%40ss@");
    const good = await run({ url, destination: place.file, sha256: bodyHash });
    expect(idOf(good.outcome)).toBe("done");
    expect(origin.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
    );
    const { outcome } = await run({ url, destination: place.file });
    expect(idOf(outcome)).toBe("MA502");
    expect(String(outcome)).not.toMatch(/p%40ss|p@ss/);
  });
});
