import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { startLiveTable } from "../src/live-table.ts";
import type { Progress } from "../src/progress.ts";

const many = Array.from({ length: 12 }, (_, index) => `target-${String.fromCharCode(97 + index)}`);

let table: Progress | undefined;
let said: string[];

/** A table on a screen of that size; what is written is one text without control sequences, for each call. */
async function start(targets: readonly string[], size: { columns?: number; rows?: number } = {}) {
  const frames: string[] = [];
  const screen = Object.assign(new PassThrough(), { columns: 60, rows: 24, ...size });
  screen.on("data", (chunk: Buffer) => frames.push(stripVTControlCharacters(String(chunk))));
  let time = 0;
  said = [];
  const log = { ...silentLog, warning: (text: string) => void said.push(text) };
  table = await startLiveTable(targets, { screen, log, now: () => time });
  return {
    table,
    frames,
    later: (milliseconds: number) => {
      time += milliseconds;
      jest.advanceTimersByTime(milliseconds);
    },
  };
}

beforeEach(() => void jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] }));
afterEach(() => {
  table?.stop();
  jest.useRealTimers();
});

describe("the live table", () => {
  test("has a line for each target, and the seconds of what goes on", async () => {
    const { table, frames, later } = await start(["linux-x64", "darwin-arm64"]);
    expect(frames.at(-1)).toBe("· linux-x64     waiting\n· darwin-arm64  waiting\n");
    table.update("linux-x64", "compile");
    table.update("darwin-arm64", "done", "1.2 MB, 3.0 s");
    later(3000);
    expect(frames.at(-1)).toContain("▸ linux-x64     compile  3 s\n");
    // The same step once more does not begin again.
    table.update("linux-x64", "compile");
    later(1000);
    expect(frames.at(-1)).toContain("compile  4 s");
    table.update("linux-x64", "failed", "MA382 cc failed");
    expect(frames.join("")).toContain("✓ darwin-arm64  done (1.2 MB, 3.0 s)");
    expect(frames.join("")).toContain("✗ linux-x64     failed (MA382 cc failed)");
  });

  test("is never higher than the screen: what runs or failed is shown first", async () => {
    const { table, frames } = await start(many, { rows: 6 });
    table.update("target-a", "done", "1 MB");
    table.update("target-l", "compile");
    table.update("target-k", "failed", "why");
    // After a message everything is drawn again.
    table.log.warning("something");
    const last = (frames.at(-1) ?? "").trimEnd().split("\n");
    expect(last).toEqual([
      "· target-b  waiting",
      "· target-c  waiting",
      "✗ target-k  failed (why)",
      "▸ target-l  compile  0 s",
      "  and 8 more: 7 waiting, 1 done",
    ]);
  });

  test("is never wider than the screen", async () => {
    const { table, frames } = await start(["linux-x64"], { columns: 30 });
    table.update("linux-x64", "failed", "MA382 a message that is much longer than the screen");
    expect(frames.at(-1)).toBe("✗ linux-x64  failed (MA382 a…\n");
    for (const line of frames.join("").split("\n")) expect(line.length).toBeLessThan(30);
  });

  test("makes way for a message", async () => {
    const { table, frames } = await start(["linux-x64"]);
    const before = frames.length;
    table.log.warning("something was left behind");
    expect(said).toEqual(["something was left behind"]);
    expect(frames.slice(before).join("")).toContain("· linux-x64  waiting");
  });

  test("takes no signal away from us", async () => {
    const counts = (): number[] =>
      ["SIGINT", "SIGTERM", "SIGHUP", "exit"].map((name) => process.listenerCount(name));
    const before = counts();
    await start(["linux-x64"]);
    expect(counts()).toEqual(before);
  });

  test("leaves no timer behind", async () => {
    const { table } = await start(["linux-x64"]);
    expect(jest.getTimerCount()).toBe(1);
    table.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
