import type { Log } from "@multiarch/diagnostics";

/** What to fetch, and what it must be. */
export interface DownloadRequest {
  /** `https:`; `http:` only to this machine (127.0.0.1, ::1, localhost). A user and password in it become an Authorization header. */
  readonly url: string;
  /** 64 hex digits. The file gets its name only when its bytes have this hash. */
  readonly sha256?: string;
  /** Nothing larger is accepted, neither announced nor sent. */
  readonly maximumBytes: number;
  /** Full path of the file. An existing file is replaced at once or not at all. Its folder must exist. */
  readonly destination: string;
  /** Sent to the host of `url` only: any redirect to another host drops all of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Host names that a redirect may lead to; default: only the host of `url`. `.example.com` means the subdomains of that name, `*` any
   * host: only for files whose hash is known, from servers that the user chose.
   */
  readonly allowedHosts?: readonly string[];
  /** `binary` (default) refuses an HTML page, by its type and by its first bytes: it is a login or error page. */
  readonly content?: "binary" | "any";
}

/** Milliseconds. */
export interface DownloadTimeouts {
  /** Until the connection stands, TLS and proxy included. Default 10 s. */
  readonly connect: number;
  /** From the request to the answer's headers, connecting included. Default 30 s. */
  readonly headers: number;
  /** Between two pieces of the body. Default 30 s. */
  readonly idle: number;
  /** One attempt in all. Default: a minute, and a second more for each 256 KiB of `maximumBytes`, at most an hour. */
  readonly total: number;
}

export interface DownloadOptions {
  readonly log: Log;
  /** Where the proxy settings are read from (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, either case). Without it no proxy is used. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: our own on `node:https` (why: see `wire.ts`). */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1: the jitter between attempts. */
  readonly random?: () => number;
  /** For the waits between attempts, in all. Default five minutes. */
  readonly budgetMs?: number;
  /** Default 6. */
  readonly attempts?: number;
  readonly timeouts?: Partial<DownloadTimeouts>;
  readonly signal?: AbortSignal;
}

export interface Downloaded {
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}
