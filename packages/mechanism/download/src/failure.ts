import { type ErrorId, UserError, type UserErrorDetails } from "@multiarch/diagnostics";

/** Why one attempt ended, and whether another one may end better. */
export class AttemptFailure extends Error {
  override readonly name = "AttemptFailure";
  readonly id: ErrorId;
  readonly details: UserErrorDetails;
  readonly again: boolean;
  /** Milliseconds that the server asked us to wait; null when it did not. */
  readonly askedWaitMs: number | null;

  constructor(
    id: ErrorId,
    details: UserErrorDetails,
    next: { readonly again: boolean; readonly askedWaitMs?: number | null },
  ) {
    super(details.found ?? details.what);
    this.id = id;
    this.details = details;
    this.again = next.again;
    this.askedWaitMs = next.askedWaitMs ?? null;
  }

  toUserError(attempts: number): UserError {
    const found = this.details.found;
    if (attempts === 1 || found === undefined) return new UserError(this.id, this.details);
    return new UserError(this.id, {
      ...this.details,
      found: `${found} (the last of ${attempts} attempts)`,
    });
  }
}

type Phase = "connect" | "headers" | "body" | "whole";

/** Our own limit was reached; the reason that an attempt is aborted with. */
export class TimeLimit extends Error {
  override readonly name = "TimeLimit";
  readonly phase: Phase;

  constructor(phase: Phase, milliseconds: number) {
    const text = {
      connect: "no connection",
      headers: "no answer",
      body: "no further byte of the body",
      whole: "not finished",
    };
    super(`${text[phase]} within ${milliseconds / 1000} s`);
    this.phase = phase;
  }
}

const certificateCodes =
  /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$|ERR_SSL_)/;

/** Turns what fetch rejected with into a failure. A broken connection is worth another attempt, an untrusted certificate is not. */
export function networkFailure(error: unknown, where: string): AttemptFailure {
  const cause = deepest(error);
  const code = codeOf(cause) ?? codeOf(error);
  if (code !== undefined && certificateCodes.test(code)) {
    return new AttemptFailure(
      "MA510",
      { what: "the server's certificate is not trusted", found: code, where, cause: error },
      { again: false },
    );
  }
  const message = messageOf(cause);
  const found = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  return new AttemptFailure(
    "MA503",
    { what: "the server did not answer", found, where, cause: error },
    { again: true },
  );
}

/** Codes of the operating system, also below fetch's own `TypeError: fetch failed`. */
export function codeOf(error: unknown): string | undefined {
  const code = field(error, "code");
  return typeof code === "string" ? code : undefined;
}

/** What lies at the bottom of a chain of causes. */
export function deepest(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 8; depth++) {
    // A connection over several addresses ends in an AggregateError: its first member tells as much as all.
    const members = field(current, "errors");
    const below = Array.isArray(members) ? members[0] : field(current, "cause");
    if (below === undefined || below === null) break;
    current = below;
  }
  return current;
}

// `instanceof Error` would miss the errors of another realm, which is where fetch lives under a test runner.
function field(value: unknown, name: "code" | "cause" | "errors" | "message" | "name"): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

export function isAbort(error: unknown): boolean {
  return field(error, "name") === "AbortError";
}

export function messageOf(error: unknown): string {
  const message = field(error, "message");
  return typeof message === "string" && message !== "" ? message : String(error);
}
