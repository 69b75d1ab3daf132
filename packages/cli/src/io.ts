import type { Log, UserError } from "@multiarch/diagnostics";

/** Everything outside the process that the command line touches. */
export interface CommandIo {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Standard output: results only. */
  readonly print: (text: string) => void;
  /** Standard error: progress and messages. */
  readonly log: Log;
  /** Standard error is a terminal that can be redrawn. */
  readonly terminal: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Hex digits that no other call gets. */
  readonly nonce: () => string;
}

/** A word of the command line that means nothing; `error` says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly error: UserError;

  constructor(error: UserError) {
    super(error.message);
    this.error = error;
  }
}

/** Exit codes: a promise to scripts. */
export const exitCodes = { done: 0, failed: 1, usage: 2, incomplete: 3 } as const;
