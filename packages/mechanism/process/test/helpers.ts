import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Log, silentLog } from "@multiarch/diagnostics";

/** The part of our own environment that a child needs to run at all. */
export const plainEnvironment: Record<string, string> = Object.fromEntries(
  ["PATH", "Path", "SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "TMPDIR"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

/** A time limit that only a hanging test reaches. */
export const ample = 60_000;

export const onPosixOnly = process.platform === "win32";

/** Keeps what it is told. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    ...silentLog,
    info: (text) => lines.push(text),
    warning: (text) => lines.push(text),
    lines,
  };
}

/** Whether a process runs; one that has died and only waits to be reaped does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

/** For a state that the system reaches in its own time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(10);
}

/** Source of a program that starts another one; the inner one ignores SIGTERM and both stay. Prints the inner process id. */
export const familyProgram = `
  const { spawn } = require("node:child_process");
  const inner = 'process.on("SIGTERM", () => {}); console.log("inner " + process.pid); setInterval(() => {}, 1000);';
  spawn(process.execPath, ["-e", inner], { stdio: ["ignore", "inherit", "inherit"] });
  setInterval(() => {}, 1000);
`;

export function innerPid(output: string): number | null {
  const found = /inner (\d+)/.exec(output)?.[1];
  return found === undefined ? null : Number(found);
}
