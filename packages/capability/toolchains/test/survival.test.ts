import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { bundleChild, startChild } from "./children.ts";
import { type FakeGo, type Folder, makeFakeGo, temporaryFolder } from "./fake-go.ts";
import { file, serve, slowly } from "./file-server.ts";

/** More of each with MULTIARCH_TEST_ROUNDS: the quick suite takes what a minute allows. */
const rounds = Number(process.env.MULTIARCH_TEST_ROUNDS ?? 12);

let shared: Folder;
let script: string;
let fake: FakeGo;

beforeAll(async () => {
  shared = await temporaryFolder();
  script = join(shared.path, "child.mjs");
  await bundleChild(script);
  fake = await makeFakeGo(shared.path, { extraFiles: 300 });
});
afterAll(async () => {
  await shared[Symbol.asyncDispose]();
});

/** Every folder that has the tool's name, and whether all of its files are there and right. */
async function toolsIn(cache: string): Promise<{ names: string[]; whole: boolean }> {
  const names = (await readdir(cache)).filter((name) => name.startsWith("go-"));
  for (const name of names) {
    for (const [path, content] of fake.files) {
      const found = await readFile(join(cache, name, "tree", path)).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
          throw error;
        },
      );
      if (found === null || !found.equals(content)) return { names, whole: false };
    }
  }
  return { names, whole: true };
}

describe("killed at any moment", () => {
  test(
    "what has a name is whole, and the next run converges and clears up",
    async () => {
      await using proxy = await serve(slowly(fake.zip, 6, 15));
      const clean = startChild(script, join(shared.path, "timing"), proxy.origin, fake);
      const started = performance.now();
      expect(await clean.ended).toMatchObject({ code: 0 });
      const whole = performance.now() - started;

      const cache = join(shared.path, "killed");
      await mkdir(cache);
      let before = 0;
      let killed = 0;
      for (let round = 0; round < rounds; round++) {
        const child = startChild(script, cache, proxy.origin, fake);
        // Spread over the whole life of an installer, its start included.
        const timer = setTimeout(() => child.process.kill("SIGKILL"), (whole * round) / rounds);
        const { signal, output, code } = await child.ended;
        clearTimeout(timer);
        if (signal === "SIGKILL") killed++;
        else expect({ code, output }).toMatchObject({ code: 0 });
        const { names, whole: right } = await toolsIn(cache);
        expect(right).toBe(true);
        if (names.length === 0) before++;
        else await rm(join(cache, names[0] ?? ""), { recursive: true });
      }
      // The subject was there: some were killed, and at least one of them while it was installing.
      expect(killed).toBeGreaterThan(0);
      expect(before).toBeGreaterThan(0);

      const last = await startChild(script, cache, proxy.origin, fake).ended;
      expect(last.code).toBe(0);
      expect(last.output.startsWith(cache)).toBe(true);
      expect((await toolsIn(cache)).whole).toBe(true);
      expect((await readdir(cache)).length).toBe(1);
    },
    60_000 + rounds * 3000,
  );
});

describe("several installers at once", () => {
  test.each([
    ["an empty cache", 3],
    ["a broken folder in the way", 3],
  ])(
    "%s: one winner, all succeed",
    async (name, installers) => {
      await using proxy = await serve(file(fake.zip));
      for (let round = 0; round < Math.ceil(rounds / 4); round++) {
        await using folder = await temporaryFolder();
        const cache = join(folder.path, "cache");
        if (name !== "an empty cache") {
          const { output } = await startChild(script, cache, proxy.origin, fake).ended;
          await rm(join(dirname(output), "..", "go.env"));
          await writeFile(join(dirname(output), "..", "src", "leftover.go"), "");
        }
        const children = Array.from({ length: installers }, () =>
          startChild(script, cache, proxy.origin, fake),
        );
        const results = await Promise.all(children.map(({ ended }) => ended));
        expect(results.map(({ code }) => code)).toEqual(children.map(() => 0));
        expect(new Set(results.map(({ output }) => output)).size).toBe(1);
        expect(await toolsIn(cache)).toMatchObject({ names: { length: 1 }, whole: true });
      }
    },
    120_000,
  );
});
