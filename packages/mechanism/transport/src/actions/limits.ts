import { setTimeout as pause } from "node:timers/promises";

/** How long and how often the service is tried. Times are milliseconds. */
export interface Limits {
  /** Longest silence of an answer: before its headers, and between two pieces of its body. */
  readonly idleMs: number;
  /** Longest silence while a block of up to 8 MiB is sent: a slow line needs minutes before the answer can come. */
  readonly blockIdleMs: number;
  /** One call without files, its client's own retries included. */
  readonly callMs: number;
  /** One upload or download. */
  readonly transferMs: number;
  /** Attempts of one call. */
  readonly attempts: number;
  /** All pauses between the attempts of one call together. */
  readonly pausesMs: number;
}

/** What a test sets in order to control time. */
export interface ActionsTransportOptions {
  readonly limits?: Partial<Limits>;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since 1970; for a `Retry-After` that is a date. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** Takes the commands that ask the runner to mask a secret; standard output by default. */
  readonly print?: (text: string) => void;
}

export interface Effects {
  readonly limits: Limits;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly now: () => number;
  readonly random: () => number;
  readonly print: ((text: string) => void) | null;
}

const defaults: Limits = {
  idleMs: 30_000,
  blockIdleMs: 300_000,
  callMs: 120_000,
  transferMs: 3_600_000,
  attempts: 5,
  pausesMs: 300_000,
};

export function effectsOf(options: ActionsTransportOptions): Effects {
  return {
    limits: { ...defaults, ...options.limits },
    wait: options.wait ?? pause,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    print: options.print ?? null,
  };
}
