import { spawn } from "node:child_process";
import type { RunOptions } from "./run.ts";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  /** Whether any process of its group was still there when it had ended. */
  readonly orphan: boolean;
}

/**
 * Runs a command as the leader of a process group of its own; once it has written a line, `kill` may be sent to the leader
 * alone, as a supervisor does it. Whatever is left of the group afterwards is ended.
 */
export function launchAlone(
  [command = "", ...args]: readonly string[],
  { cwd, env }: RunOptions,
  kill?: NodeJS.Signals,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      // Its input never ends: a shell waits with `read`, without a process of its own for it.
      stdio: ["pipe", "pipe", "inherit"],
    });
    let output = "";
    let orphan = false;
    let killed = kill === undefined;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (!killed && output.includes("\n")) child.kill(kill);
      killed ||= output.includes("\n");
    });
    child.once("error", reject);
    child.once("exit", () => {
      orphan = endGroup(child.pid ?? 0);
    });
    child.once("close", (code, signal) => resolve({ code, signal, output, orphan }));
  });
}

/** True if there was somebody left to end. */
export function endGroup(leader: number): boolean {
  try {
    process.kill(-leader, "SIGKILL");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
