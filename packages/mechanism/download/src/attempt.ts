import type { Log } from "@multiarch/diagnostics";
import { type Address, maximumRedirects, redirectTarget, shown } from "./address.ts";
import { checkHeaders, receive } from "./body.ts";
import { AttemptFailure, networkFailure, TimeLimit } from "./failure.ts";
import { openPart } from "./local-file.ts";
import { askedWait, comesBack } from "./retry.ts";
import type { Downloaded, DownloadRequest, DownloadTimeouts } from "./types.ts";

export interface AttemptContext {
  readonly address: Address;
  readonly allowedHosts: readonly string[];
  readonly timeouts: Omit<DownloadTimeouts, "connect">;
  readonly fetchFor: (url: URL) => typeof fetch;
  readonly now: () => number;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
}

/** Fetches once. @throws AttemptFailure, or the reason of `signal`. */
export async function attempt(
  request: DownloadRequest,
  context: AttemptContext,
): Promise<Downloaded> {
  const { signal, timeouts } = context;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal?.reason);
  signal?.addEventListener("abort", follow, { once: true });
  const whole = limit(controller, "whole", timeouts.total);
  const headers = limit(controller, "headers", timeouts.headers);
  const idle = limit(controller, "body", timeouts.idle);
  const stop = controller.signal;
  whole.arm();
  try {
    const { response, url } = await followRedirects(context, stop, headers);
    return await store(response, url, request, context, idle).catch(async (error: unknown) => {
      // Ends the connection; what is still in the pipe is of no use to anybody.
      controller.abort();
      throw error;
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const reason: unknown = stop.reason;
    if (reason instanceof TimeLimit) throw timeLimitFailure(reason, shown(context.address.url));
    throw error;
  } finally {
    for (const timer of [whole, headers, idle]) timer.rest();
    signal?.removeEventListener("abort", follow);
  }
}

/** Redirects are followed by hand, so that no header travels to a host that it was not meant for. */
async function followRedirects(
  context: AttemptContext,
  stop: AbortSignal,
  headers: Timer,
): Promise<{ response: Response; url: URL }> {
  let { url } = context.address;
  for (let hop = 0; hop <= maximumRedirects; hop++) {
    const foreign = url.origin !== context.address.url.origin;
    headers.arm();
    const response = await context
      .fetchFor(url)(url, {
        redirect: "manual",
        signal: stop,
        headers: { ...(foreign ? {} : context.address.headers), "accept-encoding": "identity" },
      })
      .catch((error: unknown) => {
        if (error instanceof TimeLimit) throw timeLimitFailure(error, shown(url));
        throw error instanceof AttemptFailure || stop.aborted
          ? error
          : networkFailure(error, shown(url));
      });
    headers.rest();
    if (![301, 302, 303, 307, 308].includes(response.status)) return { response, url };
    await response.body?.cancel();
    url = redirectTarget(url, response.headers.get("location"), context.allowedHosts);
  }
  throw new AttemptFailure(
    "MA501",
    {
      what: "an address redirects again and again",
      expected: `at most ${maximumRedirects} redirects`,
      found: `${maximumRedirects + 1}`,
      where: shown(context.address.url),
    },
    { again: false },
  );
}

async function store(
  response: Response,
  url: URL,
  request: DownloadRequest,
  context: AttemptContext,
  idle: Timer,
): Promise<Downloaded> {
  if (response.status !== 200) throw statusFailure(response, url, context.now());
  const announced = await checkHeaders(response, url, request);
  const part = await openPart(request.destination, context.log);
  try {
    const result = await receive(response, announced, part, request, { url, idle });
    await part.keep();
    return result;
  } finally {
    await part.discard();
  }
}

function statusFailure(response: Response, url: URL, now: number): AttemptFailure {
  return new AttemptFailure(
    "MA502",
    {
      what: "the server refused a download",
      expected: "status 200",
      found: `status ${response.status}`,
      where: shown(url),
    },
    {
      again: comesBack(response.status, response.headers),
      askedWaitMs: askedWait(response.headers, now),
    },
  );
}

function timeLimitFailure(reason: TimeLimit, where: string): AttemptFailure {
  const [id, what] =
    reason.phase === "connect" || reason.phase === "headers"
      ? (["MA503", "the server did not answer"] as const)
      : (["MA504", "a download came to a halt"] as const);
  return new AttemptFailure(id, { what, found: reason.message, where }, { again: true });
}

interface Timer {
  arm(): void;
  rest(): void;
}

function limit(
  controller: AbortController,
  phase: TimeLimit["phase"],
  milliseconds: number,
): Timer {
  let timer: NodeJS.Timeout | undefined;
  const rest = (): void => clearTimeout(timer);
  return {
    rest,
    arm() {
      rest();
      timer = setTimeout(() => controller.abort(new TimeLimit(phase, milliseconds)), milliseconds);
    },
  };
}
