import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { onStop, runProcess } from "@multiarch/process";
import { build } from "esbuild";
import {
  alive,
  ample,
  familyProgram,
  innerPid,
  onPosixOnly,
  plainEnvironment,
  until,
} from "./helpers.ts";

/** A program that runs a child with a descendant, as our actions would, and may end in several ways meanwhile. */
const parentProgram = `
  import { rmSync } from "node:fs";
  import { onStop, runProcess } from "@multiarch/process";
  if (process.argv[2] === "clean") {
    onStop(() => { throw new Error("not removed"); });
    onStop(() => rmSync(process.argv[3], { recursive: true }));
    onStop(() => console.log("taken back"))();
  }
  const log = { debug() {}, notice() {}, warning() {}, error() {}, group: (title, work) => work(),
    info(text) { console.log(text); if (text.startsWith("inner") && process.argv[2] === "exit") process.exit(3);
      if (text.startsWith("inner") && process.argv[2] === "throw") setImmediate(() => { throw new Error("ours") }); } };
  if (process.argv[2] === "handler") process.on("SIGTERM", () => console.log("handled"));
  const result = await runProcess(process.execPath, ["-e", ${JSON.stringify(familyProgram)}], { env: process.env, timeoutMs: 60000, log });
  console.log("result " + JSON.stringify({ aborted: result.aborted }));
`;

const posix = onPosixOnly ? describe.skip : describe;
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-stop-"));
  await build({
    stdin: { contents: parentProgram, resolveDir: import.meta.dirname, loader: "ts" },
    outfile: join(folder, "parent.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startParent(
  how: string,
  ...more: string[]
): Promise<{ parent: ChildProcess; inner: number; output: () => string }> {
  const parent = spawn(process.execPath, [join(folder, "parent.mjs"), how, ...more], {
    env: plainEnvironment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [parent.stdout, parent.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await until(() => innerPid(output) !== null || parent.exitCode !== null);
  return { parent, inner: innerPid(output) ?? 0, output: () => output };
}

posix("when our own process is told to stop", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s, the child, its descendant and we ourselves end",
    async (signal) => {
      const { parent, inner, output } = await startParent("wait");
      expect(alive(inner)).toBe(true);
      const ended = once(parent, "close");
      parent.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(alive(inner)).toBe(false);
      expect(output()).not.toContain("result");
    },
    ample,
  );

  test(
    "what was to be cleaned up is gone",
    async () => {
      const staged = mkdtempSync(join(folder, "staged-"));
      writeFileSync(join(staged, "file"), "half");
      const { parent, output } = await startParent("clean", staged);
      const ended = once(parent, "close");
      parent.kill("SIGINT");
      expect(await ended).toEqual([null, "SIGINT"]);
      expect(existsSync(staged)).toBe(false);
      expect(output()).not.toContain("taken back");
    },
    ample,
  );

  test(
    "twice, nobody waits for the grace",
    async () => {
      const { parent, inner } = await startParent("wait");
      const ended = once(parent, "close");
      parent.kill("SIGINT");
      parent.kill("SIGTERM");
      await ended;
      expect(alive(inner)).toBe(false);
    },
    ample,
  );

  test(
    "and somebody else handles the signal, the run counts as aborted and goes on",
    async () => {
      const { parent, inner, output } = await startParent("handler");
      const ended = once(parent, "close");
      parent.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
      expect(alive(inner)).toBe(false);
      expect(output()).toContain("handled");
      expect(output()).toContain('result {"aborted":true}');
    },
    ample,
  );

  test.each([
    ["exit", 3],
    ["throw", 1],
  ])(
    "or ends by itself (%s), no descendant is left",
    async (how, code) => {
      const { parent, inner } = await startParent(how);
      if (parent.exitCode === null) await once(parent, "close");
      expect(parent.exitCode).toBe(code);
      await until(() => !alive(inner));
    },
    ample,
  );
});

test("handlers exist only while a child lives", async () => {
  const counts = (): number[] =>
    ["SIGINT", "SIGTERM", "SIGHUP", "exit"].map((name) => process.listenerCount(name));
  const before = counts();
  const during: number[][] = [];
  const log = {
    debug() {},
    notice() {},
    warning() {},
    error() {},
    info: () => void during.push(counts()),
    group: <T>(_title: string, work: () => Promise<T>) => work(),
  };
  const options = { env: plainEnvironment, timeoutMs: ample, log };
  await Promise.all(["1", "2"].map((text) => runProcess(process.execPath, ["-p", text], options)));
  expect(during).toHaveLength(2);
  for (const one of during) expect(one).toEqual(before.map((count) => count + 1));
  expect(counts()).toEqual(before);
  await expect(runProcess("/nowhere/at/all", [], options)).rejects.toMatchObject({ id: "MA380" });
  expect(counts()).toEqual(before);
});

test("and while something is to be cleaned up", () => {
  const count = (): number => process.listenerCount("SIGTERM");
  const before = count();
  const first = onStop(() => {});
  const second = onStop(() => {});
  expect(count()).toBe(before + 1);
  first();
  expect(count()).toBe(before + 1);
  second();
  expect(count()).toBe(before);
});
