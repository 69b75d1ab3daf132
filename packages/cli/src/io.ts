import type { Log } from "@multiarch/diagnostics";

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

/** Exit codes: a promise to scripts. */
export const exitCodes = { done: 0, failed: 1, usage: 2, incomplete: 3 } as const;
