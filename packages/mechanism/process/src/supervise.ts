import { type ChildProcess, spawn } from "node:child_process";
import { childOutputOf } from "./fence.ts";
import { variable } from "./find.ts";
import { processGroup } from "./group.ts";
import { byteKeeper, lineSplitter, tailKeeper } from "./lines.ts";
import { cannotStart } from "./messages.ts";
import { isCommandScript, scriptCommandLine } from "./script.ts";
import { type Hold, holdStop } from "./stop.ts";
import type { RunOptions, RunResult } from "./types.ts";

const windows = process.platform === "win32";
const defaultCapture = 8 * 1024 * 1024;
const defaultGraceMs = 2_000;
/** Node turns a longer timer into one of 1 ms. */
const longestTimerMs = 2 ** 31 - 1;
/** How long the streams may stay open after the child itself has ended: then somebody it left behind holds them. */
const drainMs = 2_000;
/** How long the streams of a group that has been ended may take to close, and then the child itself to be gone. */
const lastWordsMs = 1_000;
const tailLines = 20;

type Ending = Pick<RunResult, "code" | "signal" | "timedOut" | "aborted">;

/**
 * Starts the file and stays with it until its group is gone.
 * @throws UserError MA381 it cannot be started, MA384 an argument that a Windows command script would change.
 */
export async function supervise(
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const started = performance.now();
  const hold = holdStop();
  try {
    const child = start(file, args, options);
    const streams = listen(child, options);
    const ending = await settle(child, file, hold, options).finally(streams.end);
    return { ...ending, ...streams.kept(), ms: performance.now() - started };
  } finally {
    hold.release();
  }
}

function start(file: string, args: readonly string[], options: RunOptions): ChildProcess {
  const throughCmd = windows && isCommandScript(file);
  const program = throughCmd ? `${systemRoot(options)}\\System32\\cmd.exe` : file;
  const programArguments = throughCmd
    ? ["/d", "/s", "/c", scriptCommandLine(file, args)]
    : [...args];
  try {
    return spawn(program, programArguments, {
      cwd: options.cwd,
      env: { ...options.env },
      // Leading a group of its own is what makes it possible to end the child with all its descendants.
      detached: !windows,
      windowsHide: true,
      windowsVerbatimArguments: throughCmd,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
  } catch (cause) {
    // Some reasons are thrown (arguments too long), others are an event (not executable).
    throw cannotStart(file, options, cause);
  }
}

function systemRoot(options: RunOptions): string {
  return variable(options.env, "SYSTEMROOT") ?? "C:\\Windows";
}

function listen(child: ChildProcess, options: RunOptions) {
  const output = options.log === undefined ? null : childOutputOf(options.log);
  const tail = tailKeeper(tailLines);
  const onLine = (line: string): void => {
    tail.add(line);
    output?.line(line);
  };
  const streams = [child.stdout, child.stderr].map((stream) => {
    const keeper = byteKeeper(options.maximumCapture ?? defaultCapture);
    const lines = lineSplitter(onLine);
    stream?.on("data", (chunk: Buffer) => {
      keeper.add(chunk);
      lines.push(chunk);
    });
    return { keeper, lines };
  });
  if (options.input !== undefined && child.stdin !== null) {
    // A child may end, or close its input, before it has read everything: that is its choice, and its exit code tells.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input);
  }
  return {
    end() {
      for (const { lines } of streams) lines.end();
      output?.end();
    },
    kept: () => ({
      stdout: streams[0]?.keeper.text() ?? "",
      stderr: streams[1]?.keeper.text() ?? "",
      truncated: streams.some(({ keeper }) => keeper.truncated()),
      tail: tail.lines(),
    }),
  };
}

/** Settles when the child has ended and its streams are closed, or when its group was ended. */
function settle(
  child: ChildProcess,
  file: string,
  hold: Hold,
  options: RunOptions,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(cannotStart(file, options, cause)));
    if (child.pid === undefined) return;
    const group = processGroup(child.pid, systemRoot(options));
    hold.attach(group);
    let reason: "timeout" | "abort" | null = null;
    let drain: NodeJS.Timeout | undefined;
    let closed = false;
    let groupEnded = false;

    const finish = (): void => {
      clearTimeout(timer);
      clearTimeout(drain);
      options.signal?.removeEventListener("abort", onAbort);
      resolve({
        code: child.exitCode,
        signal: child.signalCode,
        timedOut: reason === "timeout",
        aborted: reason === "abort" || hold.stopped(),
      });
    };
    const endGroup = async (): Promise<void> => {
      await group.end(options.graceMs ?? defaultGraceMs);
      groupEnded = true;
      if (closed) return finish();
      // The last words of the group may still be on their way; a descendant that left it would hold the streams for ever.
      drain = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        drain = setTimeout(finish, lastWordsMs);
      }, lastWordsMs);
    };
    const endFor = (why: "timeout" | "abort"): void => {
      if (reason !== null) return;
      reason = why;
      clearTimeout(drain);
      endGroup().catch(reject);
    };
    const onAbort = (): void => endFor("abort");
    const timer = setTimeout(() => endFor("timeout"), Math.min(options.timeoutMs, longestTimerMs));
    options.signal?.addEventListener("abort", onAbort, { once: true });
    child.once("exit", () => {
      clearTimeout(timer);
      if (reason !== null) return;
      drain = setTimeout(() => {
        options.log?.warning(
          `${child.spawnfile} has ended and left a process behind that kept its output open; that process is ended too`,
        );
        endGroup().catch(reject);
      }, drainMs);
    });
    child.once("close", () => {
      closed = true;
      // On timeout and abort the whole group must be gone first, not only the child.
      if (reason === null || groupEnded) finish();
    });
  });
}
