import { resolve } from "node:path";
import { InternalError } from "@multiarch/diagnostics";
import { findExecutable, firstExecutable } from "./find.ts";
import { whyNotLoadable } from "./loadable.ts";
import { cannotStart, notFound } from "./messages.ts";
import { stopUnderWay } from "./stop.ts";
import type { RunOptions, RunResult } from "./types.ts";

/**
 * Runs a program to its end: arguments as an array, never through a shell, in a process group of its own.
 * The group is ended as a whole on timeout, on abort, and when our own process is told to stop.
 * A name without a folder is searched in the `PATH` of `options.env`; one with a folder is relative to `options.cwd`.
 * @throws UserError MA380 not found, MA381 cannot be started, MA384 an argument that a Windows command script would change.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  if (!(options.timeoutMs > 0)) throw new InternalError(`no time limit for ${command}`);
  const file = await locate(command, options);
  // Loading node:child_process takes time that a start without children need not spend.
  const { supervise } = await import("./supervise.ts");
  if (options.signal?.aborted === true || stopUnderWay() !== null) {
    await stopUnderWay();
    return notStarted;
  }
  const result = await supervise(file, args, options);
  // Whoever told us to stop decides what comes next, usually the end of our process: nothing new starts before that.
  await stopUnderWay();
  return result;
}

const notStarted: RunResult = {
  code: null,
  signal: null,
  stdout: "",
  stderr: "",
  truncated: false,
  tail: [],
  ms: 0,
  timedOut: false,
  aborted: true,
};

async function locate(command: string, options: RunOptions): Promise<string> {
  const inFolder = command.includes("/") || (process.platform === "win32" && /[\\:]/.test(command));
  const path = inFolder
    ? firstExecutable(resolve(options.cwd ?? ".", command), options.env)
    : await findExecutable(command, options.env);
  if (path === null) throw notFound(command, options);
  const why = options.proven === true ? null : whyNotLoadable(path);
  if (why !== null) throw cannotStart(path, options, new Error(why));
  return path;
}
