import { beforeAll, describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import {
  judge,
  judgeMachine,
  loadSeeds,
  machineMutation,
  mutate,
  mutation,
  type Seed,
} from "../support/mutants.ts";
import { full } from "./support/components.ts";

const rounds = full ? 50_000 : 5_000;

/** Files that someone damaged or forged, made from the headers of published ones. */
describe("mutants of real headers", () => {
  let seeds: Seed[];
  beforeAll(async () => {
    seeds = await loadSeeds();
  });

  test("come from every format, and serve every kind of target as they are", () => {
    expect(seeds.length).toBeGreaterThan(100);
    const served = new Set(seeds.flatMap(({ serves }) => serves.map(({ os }) => os)));
    expect([...served].sort()).toEqual([
      "android",
      "darwin",
      "freebsd",
      "linux",
      "openharmony",
      "wasi",
      "windows",
    ]);
    const processors = new Set(seeds.flatMap(({ serves }) => serves.map(({ arch }) => arch)));
    expect([...processors].sort()).toEqual([
      "arm",
      "arm64",
      "ia32",
      "loong64",
      "mips64el",
      "mipsel",
      "ppc64",
      "ppc64le",
      "riscv64",
      "s390x",
      "universal",
      "wasm32",
      "x64",
    ]);
  });

  test(`${rounds} with any change: facts or our own error, after bounded work`, async () => {
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(mutation, async ({ seed, edits }) => {
        const { file } = seeds[seed % seeds.length] as Seed;
        if (!((await judge(mutate(file, edits))) instanceof UserError)) sound++;
      }),
      { numRuns: rounds, seed: 4 },
    );
    // Neither all refused nor all accepted: the changes reach what is read.
    expect(sound).toBeGreaterThan(rounds / 10);
    expect(sound).toBeLessThan(rounds - rounds / 10);
  });

  test(`${rounds} with another processor: never taken for the old one`, async () => {
    await fc.assert(
      fc.asyncProperty(machineMutation, async (mutated) => {
        expect(await judgeMachine(seeds, mutated)).toEqual([]);
      }),
      { numRuns: rounds, seed: 4 },
    );
  });
});
