import type { Log } from "@multiarch/diagnostics";

/** How one child process is run. */
export interface RunOptions {
  /** Working folder of the child; ours when absent. */
  readonly cwd?: string;
  /** The whole environment of the child: nothing is inherited. Usually made by `childEnvironment`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the child and all its descendants are ended. */
  readonly timeoutMs: number;
  /** Gets every line of both streams while the child runs, so written that no runner obeys it. */
  readonly log?: Log;
  /** Standard input as text. Without it the child reads an empty input. */
  readonly input?: string;
  /** Bytes kept of each stream, the last ones. 8 MiB by default. */
  readonly maximumCapture?: number;
  /**
   * Starts the file even if it looks as if this machine could not load it. For probes, which judge by an exit code that no
   * shell would give by accident, and for files of a kind that such a probe has shown to work.
   */
  readonly proven?: boolean;
  /** Ends the child and all its descendants when it is aborted. */
  readonly signal?: AbortSignal;
  /** Milliseconds between the polite request to end and the kill. 2,000 by default. */
  readonly graceMs?: number;
}

/** How a child process ended. */
export interface RunResult {
  /** Exit code; null when a signal ended it, or when it was never started because of an abort. */
  readonly code: number | null;
  readonly signal: string | null;
  /** What was written, decoded as UTF-8 and otherwise raw. */
  readonly stdout: string;
  readonly stderr: string;
  /** True when a stream was longer than `maximumCapture`: its beginning is missing then. */
  readonly truncated: boolean;
  /** The last lines of both streams in their order of arrival, for messages. */
  readonly tail: readonly string[];
  /** Wall time in milliseconds. */
  readonly ms: number;
  readonly timedOut: boolean;
  /** True when `options.signal`, or a signal sent to our own process, ended it. */
  readonly aborted: boolean;
}
