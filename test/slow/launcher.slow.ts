import { constants } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Installed } from "../../packages/capability/npm/test/installed.ts";
import { component, full } from "./support/components.ts";
import { installed, launch, majors, ready, repeated, rounds } from "./support/launch.ts";

/** Equal on every run (mulberry32): a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let nodes: string;
let waiting: Installed;
beforeAll(async () => {
  nodes = component("get-node.sh", "nodes");
  waiting = await installed({ text: ready, end: "waits" });
});

describe.each(majors)("the launcher with Node %i", (major) => {
  const node = () => join(nodes, `node${major}`, "bin/node");

  test.each(full ? [0, 1, 3, 255] : [3])("passes exit code %i through", async (exit) => {
    const project = await installed({ text: ready, exit });
    const found = await repeated(() => launch([node()], project));
    expect(found).toEqual({ [`${exit} written`]: rounds });
  });

  test.each(["SIGSEGV", "SIGKILL", "SIGABRT", "SIGTERM", "SIGHUP"] as const)(
    "ends as a program that %s ends",
    async (signal) => {
      const project = await installed({ text: ready, end: constants.signals[signal] });
      const found = await repeated(() => launch([node()], project));
      expect(found).toEqual({ [`${signal} written`]: rounds });
    },
  );

  test.each(["SIGPIPE", "SIGXFSZ"] as const)(
    "ends as badly as a program that %s ends, although Node ignores it",
    async (signal) => {
      const number = constants.signals[signal];
      const project = await installed({ text: ready, end: number });
      const found = await repeated(() => launch([node()], project));
      // A process that waits for a child cannot die of it; a shell reports the same number for both.
      expect(found).toEqual({ [`${major < 22 ? 128 + number : signal} written`]: rounds });
    },
  );

  test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR2"] as const)(
    "passes %s on, sent in the moment in which the program runs",
    async (signal) => {
      const found = await repeated(() => launch([node()], waiting, { signal, at: "written" }));
      expect(found).toEqual({ [`${signal} written`]: rounds });
    },
  );

  test("leaves nobody behind, whenever it is ended", async () => {
    const started = performance.now();
    await launch([node()], waiting, { signal: "SIGTERM", at: "written" });
    const duration = performance.now() - started;
    const random = seeded(major);
    const moments = Array.from({ length: rounds }, () => random() * duration * 1.5);
    const found = await repeated((round) =>
      launch([node()], waiting, { signal: "SIGTERM", at: moments[round] ?? 0 }),
    );
    const { SIGTERM: before = 0, "SIGTERM written": after = 0, ...others } = found;
    expect(others).toEqual({});
    expect(before + after).toBe(rounds);
  });
});
