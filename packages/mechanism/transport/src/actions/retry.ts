import type { Log } from "@multiarch/diagnostics";
import { CallFailure } from "./failure.ts";
import type { Effects } from "./limits.ts";

const firstPause = 1_000;
const longestPause = 30_000;

/**
 * Makes a call until it succeeds, fails for good, or attempts or pauses are used up. Pauses are jittered in full and double
 * their ceiling from one second to thirty; a `Retry-After` is obeyed to the letter, or ends the call when it asks too much.
 * @throws CallFailure the last one, or whatever else `call` throws
 */
export async function withRetry<T>(
  title: string,
  effects: Effects,
  log: Log,
  call: () => Promise<T>,
): Promise<T> {
  const { limits, wait, random } = effects;
  let paused = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CallFailure) || !error.again) throw error;
      const { fault } = error;
      const attempts = fault.kind === "wrong" ? fault.attempts : limits.attempts;
      const ceiling = Math.min(longestPause, firstPause * 2 ** (attempt - 1));
      const pause = askedPause(error, effects.now()) ?? Math.round(random() * ceiling);
      if (attempt >= attempts || paused + pause > limits.pausesMs) throw error;
      paused += pause;
      log.info(`${title}: ${error.message}; trying again in ${pause / 1000} s`);
      await wait(pause);
    }
  }
}

/** Milliseconds that the service asks to wait, as seconds or as a date; `null` when it asks nothing that can be read. */
function askedPause({ fault }: CallFailure, now: number): number | null {
  const text = fault.kind === "status" ? fault.retryAfter?.trim() : undefined;
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
