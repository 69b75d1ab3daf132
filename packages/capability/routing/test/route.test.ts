import { describe, expect, test } from "@jest/globals";
import type { Availability, RegisteredRunner } from "@multiarch/runners";
import {
  candidatesFor,
  chooseRoute,
  type EventFacts,
  longestPrefix,
  type Manner,
  type RouteRequest,
  type RunnerTable,
  type Site,
  siteOf,
} from "../src/index.ts";

const push: EventFacts = {
  event: "push",
  ref: "refs/heads/main",
  branch: "main",
  tag: null,
  labels: [],
  trusted: true,
};
const table: RunnerTable = {
  "linux-arm64": [
    { "runs-on": ["self-hosted", "arm64", "dgx"] },
    { "runs-on": ["self-hosted", "ARM64 "], when: "idle" },
    "ubuntu-24.04-arm",
    { emulate: true },
  ],
};
const hosted: Site & Manner = {
  ...siteOf("ubuntu-24.04"),
  cpu: "native",
  tool: "cross",
  why: "crossed on hosted Linux x64",
};
const runner = (
  id: number,
  labels: string[],
  more: Partial<RegisteredRunner> = {},
): RegisteredRunner => ({
  id,
  name: `runner-${id}`,
  online: true,
  busy: false,
  labels: ["self-hosted", "linux", ...labels],
  groups: [],
  ...more,
});
const unknown: Availability = { known: false, why: "runners-token is not set" };
const listed = (...runners: RegisteredRunner[]): Availability => ({ known: true, runners });

interface Question extends Partial<RouteRequest> {
  readonly runners?: Availability;
  readonly target?: string;
  readonly runnerTable?: RunnerTable;
  readonly event?: EventFacts;
}

async function ask({
  runners = unknown,
  target = "linux-arm64",
  runnerTable = table,
  event = push,
  ...rest
}: Question = {}) {
  let asked = 0;
  const route = await chooseRoute({
    trusted: event.trusted,
    named: null,
    candidates: candidatesFor(target, runnerTable, event),
    otherwise: hosted,
    manner: ({ place }) =>
      place.os === "windows"
        ? { cannot: "it is a Windows machine" }
        : { cpu: "native", tool: "host", why: "native" },
    emulating: siteOf("ubuntu-24.04"),
    availability: async () => {
      asked++;
      return runners;
    },
    taken: new Set(),
    today: "2026-11-21",
    ...rest,
  });
  return { ...route, asked };
}

describe("the candidates of a target", () => {
  test.each([
    ["linux-arm64-gnu", "linux-arm64"],
    ["linux-arm64", "linux-arm64"],
    ["linux-armv7-gnu", "linux"],
    ["linux-arm64be", "linux"],
    ["darwin-arm64", "default"],
  ])("%s has those of %s", (target, key) => {
    expect(longestPrefix(target, ["default", "linux", "linux-arm64", "linux-x64"])).toBe(key);
  });

  test("there are none where nothing is configured", () => {
    expect(candidatesFor("darwin-arm64", table, push)).toEqual([]);
  });
});

describe("the first that works is taken", () => {
  const dgx = runner(1, ["arm64", "dgx"]);
  const plain = runner(2, ["arm64"]);

  test("the preferred machine while it is idle", async () => {
    const { runsOn, why, place } = await ask({ runners: listed(plain, dgx) });
    expect(runsOn).toEqual(["self-hosted", "arm64", "dgx"]);
    expect(place).toEqual({ os: null, arch: "arm64", kind: "self-hosted" });
    expect(why).toBe("[self-hosted, arm64, dgx]: runner-1 is idle, native");
  });

  test("else any idle machine, with the reason", async () => {
    const { runsOn, why } = await ask({ runners: listed({ ...dgx, busy: true }, plain) });
    expect(runsOn).toEqual(["self-hosted", "ARM64 "]);
    expect(why).toBe(
      "[self-hosted, arm64, dgx]: one runner online, none idle; [self-hosted, ARM64 ]: runner-2 is idle, native",
    );
  });

  test.each<[string, Availability, string]>([
    ["without a token", unknown, "runners-token is not set"],
    [
      "when all are busy",
      listed({ ...dgx, busy: true }, { ...plain, busy: true }),
      "2 runners online, none idle",
    ],
    [
      "when all are off",
      listed({ ...dgx, online: false }, { ...plain, online: false }),
      "2 runners registered, none online",
    ],
    ["when there are none", listed(), "no registered runner has it"],
    ["when they have no labels", listed({ ...dgx, labels: [] }), "no registered runner has it"],
  ])("hosted %s", async (_, runners, why) => {
    const route = await ask({ runners });
    expect(route.runsOn).toBe("ubuntu-24.04-arm");
    expect(route.place.kind).toBe("hosted");
    expect(route.why).toContain(why);
  });

  test("a runner is counted on once", async () => {
    const taken = new Set<number>();
    const first = await ask({ runners: listed(plain), taken });
    const second = await ask({ runners: listed(plain), taken });
    expect([first.runsOn, second.runsOn]).toEqual([["self-hosted", "ARM64 "], "ubuntu-24.04-arm"]);
    expect(second.why).toContain("one runner idle, all counted on by other rows of this plan");
  });

  test("online counts busy machines too, and counts on none", async () => {
    const runnerTable: RunnerTable = { default: [{ "runs-on": ["arm64"], when: "online" }] };
    const taken = new Set<number>();
    const busy = listed({ ...plain, busy: true });
    const routes = [
      await ask({ runners: busy, runnerTable, taken }),
      await ask({ runners: busy, runnerTable, taken }),
    ];
    expect(routes.map(({ runsOn }) => runsOn)).toEqual([["arm64"], ["arm64"]]);
  });

  test("always asks nobody", async () => {
    const runnerTable: RunnerTable = { default: [{ "runs-on": "my-arc-set", when: "always" }] };
    const { runsOn, asked, warnings } = await ask({ runnerTable });
    expect([runsOn, asked]).toEqual(["my-arc-set", 0]);
    expect(warnings.map(({ code }) => code)).toEqual(["label-unknown"]);
  });

  test("a scale set is not found by its label, and the reason says what to do", async () => {
    const runnerTable: RunnerTable = { default: [{ "runs-on": "my-arc-set" }] };
    const { why, runsOn } = await ask({ runnerTable, runners: listed(plain) });
    expect(runsOn).toBe("ubuntu-24.04");
    expect(why).toContain("a scale set cannot be looked up: give it when: always");
  });

  test("a group is asked for by its name, wherever it is defined", async () => {
    const runnerTable: RunnerTable = {
      default: [{ "runs-on": { group: "org/RISE", labels: ["riscv"] }, when: "online" }],
    };
    const inGroup = runner(7, ["riscv"], { groups: ["rise"] });
    expect((await ask({ runnerTable, runners: listed(inGroup) })).place.kind).toBe("self-hosted");
    expect((await ask({ runnerTable, runners: listed(runner(8, ["riscv"])) })).runsOn).toBe(
      "ubuntu-24.04",
    );
  });

  test("only: for other events the candidate is passed over", async () => {
    const runnerTable: RunnerTable = {
      default: [{ "runs-on": "my-arc-set", when: "always", only: ["push"] }, "ubuntu-24.04-arm"],
    };
    const event = { ...push, event: "schedule" };
    const route = await ask({ runnerTable, event });
    expect([route.runsOn, route.why]).toEqual([
      "ubuntu-24.04-arm",
      "my-arc-set: only for push; ubuntu-24.04-arm, native",
    ]);
  });

  test("only: an event that none is called is an error, whatever the event", async () => {
    const runnerTable: RunnerTable = { default: [{ "runs-on": "mine", only: ["psuh"] }] };
    await expect(ask({ runnerTable })).rejects.toMatchObject({
      id: "MA210",
      details: { expected: "push" },
    });
  });

  test("a machine that cannot do it is passed over", async () => {
    const runnerTable: RunnerTable = { default: ["windows-2025", "ubuntu-24.04"] };
    const { runsOn, why } = await ask({ runnerTable });
    expect(runsOn).toBe("ubuntu-24.04");
    expect(why).toContain("windows-2025: it is a Windows machine");
  });

  test("emulation is hosted Linux x64", async () => {
    const { runsOn, why } = await ask({ runnerTable: { default: [{ emulate: true }] } });
    expect([runsOn, why]).toEqual(["ubuntu-24.04", "emulation, native"]);
  });

  test("nobody is asked when nothing depends on it", async () => {
    expect((await ask({ target: "darwin-arm64" })).asked).toBe(0);
    expect((await ask({ event: { ...push, trusted: false } })).asked).toBe(0);
  });
});

describe("an event that is not trusted", () => {
  const event = { ...push, event: "pull_request", trusted: false };

  test("gets hosted runners only, from the list", async () => {
    const { runsOn, why } = await ask({ event, runners: listed(runner(1, ["arm64", "dgx"])) });
    expect(runsOn).toBe("ubuntu-24.04-arm");
    expect(why).toContain("[self-hosted, arm64, dgx]: not for an untrusted event");
  });

  test.each([
    [["self-hosted", "arm64"]],
    ["my-arc-set"],
    [{ group: "rise" }],
    [["ubuntu-24.04", "self-hosted"]],
    ["ubuntu-24.04-riscv"],
  ])("does not get %j although it is named", async (runsOn) => {
    const route = await ask({ event, named: { runsOn, from: "the input runner" } });
    expect(route.place.kind).toBe("hosted");
    expect(route.warnings.map(({ code }) => code)).toEqual(["untrusted-runner"]);
  });

  test("gets a hosted runner that is named", async () => {
    const named = { runsOn: "ubuntu-26.04-arm", from: "runs-on of linux-arm64" };
    expect((await ask({ event, named })).runsOn).toBe("ubuntu-26.04-arm");
  });
});

test("what is named for a target comes before all candidates", async () => {
  const named = { runsOn: ["self-hosted", "box"], from: "runs-on of linux-arm64" };
  const { runsOn, why, asked } = await ask({ named });
  expect([runsOn, why, asked]).toEqual([
    ["self-hosted", "box"],
    "runs-on of linux-arm64 names it, native",
    0,
  ]);
});
