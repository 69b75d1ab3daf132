import { failed } from "./messages.ts";
import { runProcess } from "./run.ts";
import type { RunOptions, RunResult } from "./types.ts";

/**
 * Runs a program that must succeed.
 * @param options.what What was being done, to begin the message with: `compile linux-x64`.
 * @throws UserError MA382 not exit code 0 (with the last lines of output), MA383 timed out, MA385 interrupted, and those of `runProcess`.
 */
export async function runChecked(
  command: string,
  args: readonly string[],
  options: RunOptions & { readonly what: string },
): Promise<RunResult> {
  const result = await runProcess(command, args, options);
  if (result.code === 0 && !result.timedOut && !result.aborted) return result;
  throw failed(options.what, command, options, result);
}
