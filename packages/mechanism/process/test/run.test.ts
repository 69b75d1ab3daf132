import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runChecked, runProcess } from "@multiarch/process";
import fc from "fast-check";
import {
  alive,
  ample,
  plainEnvironment as env,
  familyProgram,
  innerPid,
  onPosixOnly,
  recordingLog,
} from "./helpers.ts";

const node = process.execPath;
const posix = onPosixOnly ? test.skip : test;
let folder = "";

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "multiarch-process-")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes that are really in use: what garbage is waiting to be collected says nothing. */
function liveMemory(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function evaluate(source: string, more: object = {}) {
  return runProcess(node, ["-e", source], { env, timeoutMs: ample, ...more });
}

describe("a child that ends by itself", () => {
  test("gives its code and both streams, raw", async () => {
    const result = await evaluate(
      'process.stdout.write("::set-output name=a::b\\r\\n##[error]é"); console.error("two"); process.exitCode = 7',
    );
    expect(result).toMatchObject({
      code: 7,
      signal: null,
      stdout: "::set-output name=a::b\r\n##[error]é",
      stderr: "two\n",
      truncated: false,
      timedOut: false,
      aborted: false,
    });
    expect(result.tail).toEqual(expect.arrayContaining(["##[error]é", "two"]));
  });

  test("gets every argument as it was given", async () => {
    const awkward = [
      "",
      " ",
      "a b",
      '"',
      "'",
      "$(id)",
      "`id`",
      "a;b",
      "*",
      "\\",
      "a\\",
      '\\\\"',
      "-e",
      "%PATH%",
      "é\n",
      "!x!",
      "&&",
    ];
    const result = await runProcess(
      node,
      ["-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--", ...awkward],
      { env, timeoutMs: ample },
    );
    expect(JSON.parse(result.stdout)).toEqual(awkward);
  });

  test(
    "gets any argument as it was given",
    async () => {
      const argument = fc
        .string({ unit: "binary", maxLength: 40 })
        .filter((text) => !text.includes("\0"));
      await fc.assert(
        fc.asyncProperty(fc.array(argument, { maxLength: 8 }), async (args) => {
          const result = await runProcess(
            node,
            ["-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--", ...args],
            { env, timeoutMs: ample },
          );
          expect(JSON.parse(result.stdout)).toEqual(args);
        }),
        { numRuns: 15 },
      );
    },
    ample,
  );

  test("reads the input that it is given, and an empty one otherwise", async () => {
    const echo = "process.stdin.pipe(process.stdout)";
    expect((await evaluate(echo, { input: "héllo\n" })).stdout).toBe("héllo\n");
    expect((await evaluate(echo)).stdout).toBe("");
  });

  test("need not read its input", async () => {
    const result = await evaluate("process.stdin.destroy(); process.exitCode = 3", {
      input: "x".repeat(4 * 1024 * 1024),
    });
    expect(result.code).toBe(3);
  });

  test("runs in the folder it is given, and a program with a folder is looked up there", async () => {
    const program = join(folder, onPosixOnly ? "where.cmd" : "where");
    writeFileSync(program, onPosixOnly ? "@cd" : "#!/bin/sh\npwd -P\n", { mode: 0o755 });
    const result = await runProcess("./where", [], { env, cwd: folder, timeoutMs: ample });
    expect(result.stdout.trim()).toBe(folder);
  });

  test("has the time limit that was asked for, also one too long for a timer", async () => {
    const result = await evaluate("setTimeout(() => console.log('done'), 50)", {
      timeoutMs: 2 ** 40,
    });
    expect(result).toMatchObject({ code: 0, stdout: "done\n", timedOut: false });
  });
});

describe("the output", () => {
  test(
    "of any length fits the memory",
    async () => {
      const before = liveMemory();
      let seen = 0;
      let peak = 0;
      const log = {
        ...recordingLog(),
        info: (line: string) => {
          const step = Math.floor(seen / 2 ** 24);
          seen += line.length + 1;
          if (Math.floor(seen / 2 ** 24) > step) peak = Math.max(peak, liveMemory());
        },
      };
      // 320 MiB, half of it in one line.
      const source = `
      const { writeSync } = require("node:fs");
      const block = Buffer.alloc(1 << 20, "x");
      const lines = Buffer.from(("y".repeat(1023) + "\\n").repeat(1024));
      const send = (bytes) => { for (let at = 0; at < bytes.length; ) try { at += writeSync(1, bytes, at) } catch (error) { if (error.code !== "EAGAIN") throw error } };
      for (let i = 0; i < 160; i++) send(block);
      for (let i = 0; i < 160; i++) send(lines);
      console.log("the end");
    `;
      const result = await evaluate(source, { log, maximumCapture: 1 << 20 });
      expect(result.code).toBe(0);
      expect(result.truncated).toBe(true);
      expect(result.stdout).toHaveLength(1 << 20);
      expect(result.stdout.endsWith("y\nthe end\n")).toBe(true);
      expect(seen).toBeGreaterThan(320 * 2 ** 20);
      expect(peak).toBeGreaterThan(0);
      // Whatever is not let go of, one line or one stream, is 160 MiB. Buffers are freed a little after their collection.
      expect(peak - before).toBeLessThan(128 * 2 ** 20);
    },
    ample,
  );

  test("reaches the log line by line, whatever the chunks", async () => {
    const log = recordingLog();
    const text = "één\r\ntwo\rthree\n\nfive";
    const source = `
      const bytes = Buffer.from(${JSON.stringify(text)});
      (async () => { for (const byte of bytes) await new Promise((sent) => process.stdout.write(Buffer.of(byte), sent)); })();
    `;
    await evaluate(source, { log });
    expect(log.lines).toEqual(["één", "two", "three", "", "five"]);
  });

  test("reaches a log without a fence in a form that no runner obeys", async () => {
    const log = recordingLog();
    await evaluate('console.log(" ::set-output name=a::b\\rx ##[set-output name=a]b")', { log });
    expect(log.lines).toEqual([" : :set-output name=a::b", "x ## [set-output name=a]b"]);
  });
});

describe("a child that does not end", () => {
  test(
    "is ended with its descendants when its time is up",
    async () => {
      // A loaded machine may need longer to start the two: the limit grows until both were there.
      for (const timeoutMs of [500, 2_000, 8_000, 30_000]) {
        const result = await evaluate(familyProgram, { timeoutMs, graceMs: 100 });
        expect(result).toMatchObject({ timedOut: true, aborted: false });
        const inner = innerPid(result.stdout);
        if (inner === null) continue;
        expect(alive(inner)).toBe(false);
        return;
      }
      throw new Error("the descendant never started");
    },
    ample,
  );

  test("is ended with its descendants when it is aborted", async () => {
    const abort = new AbortController();
    const log = { ...recordingLog(), info: () => abort.abort() };
    const result = await evaluate(familyProgram, { signal: abort.signal, log, graceMs: 100 });
    expect(result).toMatchObject({ timedOut: false, aborted: true });
    const inner = innerPid(result.stdout);
    expect(inner).not.toBeNull();
    expect(alive(inner ?? 0)).toBe(false);
  });

  test("is not started after an abort", async () => {
    const result = await evaluate("console.log(1)", { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ code: null, stdout: "", aborted: true });
  });

  posix("is asked politely first", async () => {
    const abort = new AbortController();
    const log = { ...recordingLog(), info: () => abort.abort() };
    const source = `
      process.on("SIGTERM", () => { console.log("bye"); process.exit(9); });
      console.log("here"); setInterval(() => {}, 1000);
    `;
    const result = await evaluate(source, { signal: abort.signal, log, graceMs: ample });
    expect(result).toMatchObject({ code: 9, stdout: "here\nbye\n", aborted: true });
  });

  posix(
    "cannot hold us by a process that it leaves behind with its streams",
    async () => {
      const log = recordingLog();
      const source = `
      const { spawn } = require("node:child_process");
      const left = spawn("sleep", ["1000"], { stdio: "inherit" });
      left.unref();
      console.log("inner " + left.pid);
    `;
      const result = await evaluate(source, { log });
      expect(result).toMatchObject({ code: 0, timedOut: false });
      expect(alive(innerPid(result.stdout) ?? 0)).toBe(false);
      expect(log.lines.join("\n")).toContain("left a process behind");
    },
    ample,
  );

  posix(
    "cannot hold us by a process that left its group either",
    async () => {
      const source = `
      const { spawn } = require("node:child_process");
      const left = spawn("sleep", ["1000"], { stdio: "inherit", detached: true });
      left.unref();
      console.log("inner " + left.pid);
    `;
      const result = await evaluate(source);
      process.kill(innerPid(result.stdout) ?? 0, "SIGKILL");
      expect(result).toMatchObject({ code: 0 });
    },
    ample,
  );
});

describe("errors", () => {
  const checked = (source: string, more: object = {}) =>
    runChecked(node, ["-e", source], { env, timeoutMs: ample, what: "compile x", ...more });

  test("a program that is not there is named, with what to install", async () => {
    await expect(
      runProcess("cargo", [], { env: { PATH: folder }, timeoutMs: 1 }),
    ).rejects.toMatchObject({
      id: "MA380",
      message: expect.stringMatching(/cargo was not found[\s\S]*install Rust with rustup/),
    });
    await expect(
      runProcess("./nothing", [], { env, cwd: folder, timeoutMs: 1 }),
    ).rejects.toMatchObject({
      id: "MA380",
    });
  });

  posix("a file that is no program, and a folder that is not there", async () => {
    const broken = join(folder, "broken");
    writeFileSync(broken, "#!/does/not/exist\n", { mode: 0o755 });
    await expect(runProcess(broken, [], { env, timeoutMs: ample })).rejects.toMatchObject({
      id: "MA381",
    });
    await expect(
      runProcess(node, ["-v"], { env, timeoutMs: ample, cwd: join(folder, "gone") }),
    ).rejects.toMatchObject({ id: "MA381", message: expect.stringContaining("no folder") });
  });

  test("an argument that no system can pass", async () => {
    await expect(runProcess(node, ["a\0b"], { env, timeoutMs: ample })).rejects.toMatchObject({
      id: "MA381",
    });
  });

  test("a failure shows the exit code and the last lines", async () => {
    const error = checked(
      'for (let i = 1; i < 50; i++) console.log("line " + i); process.exitCode = 5',
    );
    await expect(error).rejects.toMatchObject({
      id: "MA382",
      message: expect.stringMatching(
        /compile x: .* failed\n {2}found: exit code 5[\s\S]* line 30\n[\s\S]* line 49\n/,
      ),
    });
    await expect(error).rejects.not.toMatchObject({
      message: expect.stringContaining("line 29\n"),
    });
  });

  test("a timeout says how long was waited", async () => {
    await expect(checked("setInterval(() => {}, 1000)", { timeoutMs: 250 })).rejects.toMatchObject({
      id: "MA383",
      message: expect.stringContaining("within 0.25 s"),
    });
  });

  test("an abort is no failure of the command", async () => {
    await expect(checked("", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      id: "MA385",
    });
  });

  test("a missing time limit is our own mistake", async () => {
    await expect(runProcess(node, [], { env, timeoutMs: Number.NaN })).rejects.toMatchObject({
      name: "InternalError",
    });
  });
});
