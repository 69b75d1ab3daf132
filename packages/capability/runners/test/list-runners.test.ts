import { afterEach, describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import {
  type ApiRunner,
  type ApiState,
  type RunnersApi,
  refuse,
  startRunnersApi,
} from "../../../../test/services/runners-api.ts";
import { type Availability, type Clock, listRunners } from "../src/index.ts";

let api: RunnersApi | undefined;
afterEach(() => api?.close());

/** Time that passes only when somebody waits for it; whatever is waited for comes at once. */
function fakeClock(): Clock & { waited: number[] } {
  let time = 0;
  const waited: number[] = [];
  return {
    waited,
    now: () => time,
    delay: async (milliseconds, signal) => {
      // The end of the budget is waited for beside every request, and called off when the answer is there.
      if (milliseconds > 15_000) {
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
      }
      waited.push(milliseconds);
      time += milliseconds;
    },
  };
}

async function ask(
  state: ApiState,
  groups: readonly string[] = [],
  clock: Clock = fakeClock(),
): Promise<Availability> {
  api = await startRunnersApi(state);
  return listRunners({
    token: "secret",
    context: { apiUrl: api.url, repository: "org/app" },
    groups,
    log: silentLog,
    clock,
  });
}

const names = (found: Availability): string[] =>
  found.known ? found.runners.map(({ name }) => name) : [found.why];
const box: ApiRunner = { id: 1, name: "box", labels: ["self-hosted", "Linux", "ARM64", " dgx "] };
const many = (count: number, from = 0): ApiRunner[] =>
  Array.from({ length: count }, (_, index) => ({
    id: from + index,
    name: `r${from + index}`,
    labels: ["self-hosted"],
  }));

describe("runners", () => {
  test("of the repository and its organisation, labels folded and trimmed", async () => {
    const found = await ask({
      repository: [box],
      organization: [{ id: 2, name: "other", busy: true, status: "offline" }],
    });
    expect(found).toEqual({
      known: true,
      runners: [
        {
          id: 1,
          name: "box",
          online: true,
          busy: false,
          labels: ["self-hosted", "linux", "arm64", "dgx"],
          groups: [],
        },
        { id: 2, name: "other", online: false, busy: true, labels: [], groups: [] },
      ],
    });
    expect(api?.requests).toHaveLength(2);
    expect(new Set(api?.tokens)).toEqual(new Set(["token secret"]));
  });

  test("of all pages, a hundred at a time", async () => {
    const found = await ask({ repository: many(250), organization: many(100, 1000) });
    expect(names(found)).toHaveLength(350);
    // Three pages and one.
    expect(api?.requests).toHaveLength(4);
    expect(api?.requests.every((path) => path.includes("per_page=100"))).toBe(true);
  });

  test("of the groups that are asked for, and of no other", async () => {
    const groups = { RISE: [box], " Other ": [{ id: 5, name: "five" }] };
    const found = await ask({ repository: [], organization: [box], groups }, ["rise"]);
    expect(found).toMatchObject({ known: true, runners: [{ id: 1, groups: ["rise"] }] });
    expect(api?.requests.filter((path) => path.includes("runner-groups"))).toHaveLength(2);
  });

  test("of a personal account: it has no organisation", async () => {
    expect(names(await ask({ repository: [box] }))).toEqual(["box"]);
  });

  test("that only the organisation's listing shows", async () => {
    expect(names(await ask({ organization: [box] }))).toEqual(["box"]);
  });

  test("are not asked for without a token, nor without a repository", async () => {
    api = await startRunnersApi({ repository: [box] });
    const context = { apiUrl: api.url, repository: "org/app" };
    const common = { groups: [], log: silentLog };
    expect(names(await listRunners({ token: "", context, ...common }))).toEqual([
      "runners-token is not set",
    ]);
    expect(names(await listRunners({ token: null, context, ...common }))).toEqual([
      "runners-token is not set",
    ]);
    const nowhere = { ...context, repository: null };
    expect(names(await listRunners({ token: "x", context: nowhere, ...common }))).toEqual([
      "the repository is not known",
    ]);
    expect(api.requests).toEqual([]);
  });
});

describe("when the service does not answer as hoped", () => {
  const always = (answer: ApiState["fault"]): ApiState => ({
    repository: [box],
    organization: [],
    fault: answer as NonNullable<ApiState["fault"]>,
  });
  const status = (code: number, headers: Record<string, string> = {}): ApiState =>
    always((_, response) => {
      refuse(response, code, "no", headers);
      return true;
    });

  test.each<[string, ApiState, RegExp, number]>([
    ["401", status(401), /401, the token is not valid/, 2],
    ["403", status(403), /403, the token may not read runners/, 2],
    ["404", status(404), /404, the token may not read runners, or there are none/, 2],
    [
      "an exhausted limit",
      status(403, { "x-ratelimit-remaining": "0" }),
      /403, too many requests/,
      2,
    ],
    [
      "429 that wants more time than there is",
      status(429, { "retry-after": "3600" }),
      /429, too many requests/,
      2,
    ],
    ["429 without saying how long", status(429), /429, too many requests/, 2],
    ["5xx, asked three times each", status(502), /502 from the server/, 6],
  ])("%s: it is not known, and why", async (_, state, why, requests) => {
    const found = await ask(state);
    expect(names(found)[0]).toMatch(why);
    expect(found.known).toBe(false);
    expect(api?.requests).toHaveLength(requests);
  });

  test("429 with a time to wait: asked again after it", async () => {
    const clock = fakeClock();
    const fault: ApiState["fault"] = (_, response, count) => {
      if (count > 1) return false;
      refuse(response, 429, "slow down", { "retry-after": "7" });
      return true;
    };
    expect(names(await ask({ ...always(fault) }, [], clock))).toEqual(["box"]);
    expect([api?.requests.length, clock.waited]).toEqual([3, [7000]]);
  });

  test("one 5xx: asked again", async () => {
    const fault: ApiState["fault"] = (_, response, count) => {
      if (count > 1) return false;
      refuse(response, 503, "busy");
      return true;
    };
    expect(names(await ask(always(fault)))).toEqual(["box"]);
  });

  test("a body that is cut: asked again, and told when it stays so", async () => {
    const cut = (count: number) =>
      always((_, response, number) => {
        if (number > count) return false;
        response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
        response.write('{"total_count":');
        setImmediate(() => response.destroy());
        return true;
      });
    expect(names(await ask(cut(1)))).toEqual(["box"]);
    await api?.close();
    const found = await ask(cut(99));
    expect(found.known).toBe(false);
    expect(names(found)[0]).toMatch(/runners cannot be listed: \S/);
  });

  test("a body that is no JSON, or not what was asked for", async () => {
    const html = always((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html>sign in</html>");
      return true;
    });
    const found = await ask(html);
    expect(found.known ? found.runners : []).toEqual([]);
  });

  test("a connection that is refused", async () => {
    api = await startRunnersApi({});
    await api.close();
    const found = await listRunners({
      token: "secret",
      context: { apiUrl: api.url, repository: "org/app" },
      groups: [],
      log: silentLog,
      clock: fakeClock(),
    });
    expect(names(found)[0]).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  test("an answer that drips for ever ends with the 30 seconds, all listings together", async () => {
    let time = 0;
    let closed = (): void => {};
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const overdue: (() => void)[] = [];
    const clock: Clock = {
      now: () => time,
      delay: (milliseconds, signal) =>
        new Promise((resolve) => {
          overdue.push(() => {
            time += milliseconds;
            resolve();
          });
          signal.addEventListener("abort", () => resolve());
        }),
    };
    const fault: ApiState["fault"] = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("{");
      response.on("close", closed);
      // The request is on its way: now the time is over.
      setImmediate(() => overdue.at(-1)?.());
      return true;
    };
    const found = await ask(always(fault), ["rise"], clock);
    expect(names(found)).toEqual(["runners cannot be listed: no answer within 30 seconds"]);
    expect(time).toBe(30_000);
    // The other listings were not asked for any more, and nothing is left open.
    expect(api?.requests).toHaveLength(1);
    await ended;
  });
});
