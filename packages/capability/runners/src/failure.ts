/** Why a question was not answered, and whether asking again may help. */
export interface Failure {
  /** A phrase for the plan: `403, the token may not read runners`. */
  readonly why: string;
  readonly again: boolean;
  /** Milliseconds that the server asks to be left alone. */
  readonly after: number | null;
}

/** What went wrong, of an error that Octokit throws: one with a status and headers, or one of the network. */
export function failureOf(error: unknown): Failure {
  const status = property(error, "status");
  const response = property(error, "response");
  // Octokit calls a connection that failed a 500 without a response.
  if (typeof status !== "number" || response === undefined) return ofNetwork(error);
  const headers = property(response, "headers");
  const after = retryAfter(headers);
  const exhausted = property(headers, "x-ratelimit-remaining") === "0";
  if (status === 429 || (status === 403 && (exhausted || after !== null))) {
    return { why: `${status}, too many requests`, again: after !== null, after };
  }
  if (status === 401) return { why: "401, the token is not valid", again: false, after: null };
  if (status === 403)
    return { why: "403, the token may not read runners", again: false, after: null };
  if (status === 404) {
    return {
      why: "404, the token may not read runners, or there are none",
      again: false,
      after: null,
    };
  }
  return { why: `${status} from the server`, again: status >= 500, after };
}

/** A connection that was refused or cut, a name that is not found, a body that is no JSON. */
function ofNetwork(error: unknown): Failure {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const why =
    typeof code === "string" ? `the server cannot be reached (${code})` : firstLine(message);
  return { why, again: true, after: null };
}

/** Octokit wraps what fetch throws, and fetch what the socket says. */
function codeOf(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 4 && current !== undefined; depth++) {
    const code = property(current, "code");
    if (typeof code === "string") return code;
    current = property(current, "cause");
  }
  return undefined;
}

/** Seconds, as the service sends them. A date is not understood and counts as none. */
function retryAfter(headers: unknown): number | null {
  const value = property(headers, "retry-after");
  const seconds =
    typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 200);
}
