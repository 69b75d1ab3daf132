import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "@multiarch/diagnostics";
import { parseAddress, shown } from "./address.ts";
import { attempt } from "./attempt.ts";
import { AttemptFailure } from "./failure.ts";
import { proxyFor } from "./proxy.ts";
import { pauseBefore } from "./retry.ts";
import type { Downloaded, DownloadOptions, DownloadRequest } from "./types.ts";
import { wireFetch } from "./wire.ts";

/**
 * Fetches one file. The file has its name only when it came whole and has the expected hash; a failure leaves nothing behind.
 * @throws UserError MA500 to MA512; the reason of `options.signal` when that was aborted.
 */
export async function download(
  request: DownloadRequest,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { log, signal } = options;
  const now = options.now ?? Date.now;
  const wait = options.wait ?? pause;
  const attempts = options.attempts ?? 6;
  const budget = options.budgetMs ?? 300_000;
  const address = parseAddress(request.url, request.headers ?? {});
  const context = {
    address,
    allowedHosts: request.allowedHosts ?? [address.url.hostname],
    timeouts: {
      headers: options.timeouts?.headers ?? 30_000,
      idle: options.timeouts?.idle ?? 30_000,
      total: options.timeouts?.total ?? defaultTotal(request.maximumBytes),
    },
    fetchFor: (url: URL): typeof fetch => {
      if (options.fetch !== undefined) return options.fetch;
      const proxy = options.env === undefined ? null : proxyFor(url, options.env);
      return wireFetch({ proxy, connectMs: options.timeouts?.connect ?? 10_000 });
    },
    now,
    log,
    signal,
  };
  const started = now();
  for (let number = 1; ; number++) {
    try {
      return await attempt(request, context);
    } catch (error) {
      if (!(error instanceof AttemptFailure)) throw error;
      if (!error.again || number >= attempts) throw error.toUserError(number);
      const delay = error.askedWaitMs ?? pauseBefore(number + 1, options.random ?? Math.random);
      const left = budget - (now() - started);
      if (delay > left) throw outOfTime(error, number, delay, left);
      log.info(
        `${shown(address.url)}: ${error.message}; attempt ${number + 1} in ${seconds(delay)}`,
      );
      await wait(delay, signal);
    }
  }
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
}

/** A minute, and a second for each 256 KiB: slower than that is as good as halted. */
function defaultTotal(maximumBytes: number): number {
  return Math.min(3_600_000, 60_000 + Math.ceil(maximumBytes / 262_144) * 1000);
}

function outOfTime(
  error: AttemptFailure,
  attempts: number,
  delay: number,
  left: number,
): UserError {
  if (error.askedWaitMs === null) return error.toUserError(attempts);
  return new UserError("MA509", {
    what: "the server asks to wait longer than we may",
    expected: `at most ${seconds(Math.max(0, left))}`,
    found: `${seconds(delay)}, with ${error.message}`,
    ...(error.details.where === undefined ? {} : { where: error.details.where }),
    cause: error,
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
