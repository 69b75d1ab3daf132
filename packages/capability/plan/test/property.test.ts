import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { serialize } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { planNamed, toMatrix } from "@multiarch/plan";
import { isHosted } from "@multiarch/routing";
import type { Availability } from "@multiarch/runners";
import fc from "fast-check";
import { githubMatrix } from "../../../../test/support/github-matrix.ts";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { plan, routing } from "./planned.ts";

const target = fc.constantFrom(
  "linux-x64",
  "linux-arm64",
  "linux-riscv64-gnu",
  "darwin-arm64",
  "darwin-x64",
  "darwin-universal",
  "windows-x64",
  "freebsd-x64",
);
const label = fc.constantFrom(
  "ubuntu-24.04",
  "ubuntu-24.04-arm",
  "macos-26",
  "windows-2025",
  "self-hosted",
  "arm64",
  "my-arc-set",
  "ubuntu-22.04",
);
const oddLabel = fc.oneof(
  { weight: 12, arbitrary: label },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "macos-13",
      "ubunut-24.04",
      "a\nb",
      "$".concat("{{ x }}"),
      "x".repeat(250),
    ),
  },
);
const runsOn = fc.oneof(
  oddLabel,
  fc.array(oddLabel, { minLength: 1, maxLength: 5 }),
  fc.record(
    { group: label, labels: fc.array(label, { maxLength: 2 }) },
    { requiredKeys: ["group"] },
  ),
);
const entry = fc.oneof(
  target,
  fc.record(
    {
      id: target,
      optional: fc.boolean(),
      timeout: fc.integer({ min: 1, max: 99 }),
      "runs-on": runsOn,
    },
    { requiredKeys: ["id"] },
  ),
);
const distinct = (minLength: number) =>
  fc.uniqueArray(entry, {
    minLength,
    maxLength: 5,
    selector: (one) => (typeof one === "string" ? one : one.id),
  });
const when = fc.record(
  {
    event: fc.constantFrom("push", "pull_request", "schedule"),
    branch: fc.constantFrom("main", "release/*"),
    tag: fc.constant("v*"),
    label: fc.constant("full"),
    trusted: fc.boolean(),
  },
  { requiredKeys: [] },
);
const candidate = fc.oneof(
  label,
  fc.record(
    {
      "runs-on": runsOn,
      when: fc.constantFrom("idle", "online", "always"),
      only: fc.constantFrom("push", ["pull_request"]),
    },
    { requiredKeys: ["runs-on"] },
  ),
  fc.constant({ emulate: true }),
);
const cell = fc.constantFrom("a", "A", "b", 1, true);
const config = fc.record(
  {
    targets: distinct(1),
    rules: fc.array(
      fc.record(
        {
          when,
          targets: distinct(0),
          skip: fc.oneof(fc.boolean(), fc.array(target, { maxLength: 2 })),
        },
        { requiredKeys: ["when"] },
      ),
      { maxLength: 3 },
    ),
    runners: fc.dictionary(
      fc.constantFrom("default", "linux", "linux-arm64", "darwin", "windows-x64"),
      fc.array(candidate, { maxLength: 3 }),
      { maxKeys: 3, noNullPrototype: true },
    ),
    matrix: fc.record({
      test: fc.record(
        {
          target: fc.uniqueArray(fc.constantFrom("linux-x64", "linux-arm64", "linux-s390x-gnu"), {
            minLength: 1,
          }),
          python: fc.array(cell, { maxLength: 3 }),
          include: fc.array(
            fc.dictionary(fc.constantFrom("python", "extra"), cell, { noNullPrototype: true }),
            { maxLength: 2 },
          ),
          exclude: fc.array(
            fc.dictionary(fc.constantFrom("python", "extra"), cell, { noNullPrototype: true }),
            { maxLength: 2 },
          ),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { requiredKeys: ["targets", "matrix"] },
);
const situation = fc.record({
  event: fc.constantFrom("push", "pull_request", "schedule", "release"),
  trusted: fc.boolean(),
  labels: fc.constantFrom([], ["full"]),
  runners: fc.boolean(),
});

const box: Availability = {
  known: true,
  runners: [
    {
      id: 1,
      name: "one",
      online: true,
      busy: false,
      labels: ["self-hosted", "arm64"],
      groups: ["arm64"],
    },
    { id: 2, name: "two", online: true, busy: true, labels: ["self-hosted", "arm64"], groups: [] },
  ],
};

/** What came of it, or the id of the typed error. Any other error fails the test. */
async function outcome<Value>(work: () => Promise<Value>): Promise<Value | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return error.id;
    throw error;
  }
}

test("whatever the configuration says, there is a plan that keeps the rules, or a typed error", async () => {
  const root = await prebuiltProject({ targets: ["linux-x64"] });
  const counted = { plans: 0, refused: new Map<string, number>() };
  await fc.assert(
    fc.asyncProperty(config, situation, async (given, { runners, ...event }) => {
      const all = {
        name: "tool",
        version: "1.2.3",
        prebuilt: { files: "out/{id}/tool{exe}" },
        ...given,
      };
      await writeFile(join(root, "multiarch.yml"), JSON.stringify(all));
      const project = await outcome(() => load(root));
      if (typeof project === "string") return;
      const where = routing({
        event: { ...routing().event, ...event },
        availability: async () => (runners ? box : { known: false, why: "no token" }),
      });
      const trigger = { event: event.event, trusted: event.trusted, why: "" };
      const made = await outcome(() => plan(project, { where, trigger }));
      if (typeof made === "string") {
        counted.refused.set(made, (counted.refused.get(made) ?? 0) + 1);
        return;
      }
      counted.plans++;
      const again = await plan(project, { where, trigger });
      expect(serialize(again.plan)).toBe(serialize(made.plan));
      const { rows, derived, excluded } = made.plan;
      if (!event.trusted) {
        expect(
          rows.filter(({ runs_on, place }) => place.kind !== "hosted" || !isHosted(runs_on)),
        ).toEqual([]);
      }
      for (const id of project.targets) {
        const told = [...rows, ...derived, ...excluded].some((one) => one.target === id);
        expect([id, told]).toEqual([id, true]);
      }
      expect([...rows, ...excluded].filter((one) => "why" in one && one.why === "")).toEqual([]);
      const matrix = await outcome(async () => toMatrix(made.plan, "r"));
      if (typeof matrix !== "string") {
        expect(githubMatrix("build", { include: matrix.include }).map(({ row }) => row)).toEqual(
          matrix.include,
        );
        for (const row of matrix.include) {
          expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThanOrEqual(1024);
        }
      }
      const named = await outcome(() => planNamed(project, "test", where, {}));
      if (typeof named === "string" || event.trusted) return;
      expect(named.include.filter(({ runs_on }) => !isHosted(runs_on))).toEqual([]);
    }),
    { numRuns: 300, seed: 7 },
  );
  // Both outcomes were really seen.
  expect(counted.plans).toBeGreaterThan(50);
  expect(counted.refused.size).toBeGreaterThan(3);
}, 120_000);
