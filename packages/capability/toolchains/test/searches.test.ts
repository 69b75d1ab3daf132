import { describe, expect, test } from "@jest/globals";
import { findGo, newSearches } from "@multiarch/toolchains";
import { makeFakeGo, temporaryFolder } from "./fake-go.ts";
import { file, serve, status } from "./file-server.ts";
import { failure, request } from "./requests.ts";

describe("the builds of one run", () => {
  test("wait for one fetch, and say so", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    const fetched: string[] = [];
    const wanted = request(folder, fake, {
      env: { GOPROXY: proxy.origin },
      searches: newSearches(),
      onFetch: (what) => fetched.push(what),
    });
    const [first, second] = await Promise.all([findGo(wanted), findGo(wanted)]);
    expect(second).toEqual(first);
    expect(proxy.paths).toHaveLength(1);
    expect(fetched).toEqual(["go 1.25.3", "go 1.25.3"]);
    // What is in the cache needs no wait.
    await findGo(wanted);
    expect(fetched).toHaveLength(2);
  });

  test("do not ask again for what could not be had", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(status(500));
    const env = { GOPROXY: proxy.origin, MULTIARCH_GO_SOURCE: `${proxy.origin}/archive` };
    const fetched: string[] = [];
    const onFetch = (what: string) => void fetched.push(what);
    const wanted = request(folder, fake, { env, searches: newSearches(), onFetch });
    const first = await failure(wanted);
    const asked = proxy.paths.length;
    expect(asked).toBeGreaterThan(0);
    expect((await failure(wanted)).message).toBe(first.message);
    expect(proxy.paths).toHaveLength(asked);
    // One for each place; nobody is told to wait for what is over.
    expect(fetched).toHaveLength(2);
    // Another run does.
    await failure({ ...wanted, searches: newSearches() });
    expect(proxy.paths).toHaveLength(2 * asked);
  });
});
