/** Longest wait between two attempts that nobody asked for, and the first one's ceiling. Milliseconds. */
const longestPause = 30_000;
const firstPause = 1_000;

/** Full jitter: anywhere between nothing and the ceiling, so that a hundred jobs do not come back at one moment. */
export function pauseBefore(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(longestPause, firstPause * 2 ** (attempt - 2)));
}

/** Statuses that say "later", not "no". A 403 says it only with a header. */
export function comesBack(status: number, headers: Headers): boolean {
  if (status === 408 || status === 429 || status >= 500) return true;
  return status === 403 && (headers.has("retry-after") || quotaUsedUp(headers));
}

/**
 * Milliseconds that the server asks to wait: `Retry-After` as seconds or as a date, else the reset time of a used-up quota
 * (`x-ratelimit-reset`, seconds since 1970). Null when it asks for nothing that can be read.
 */
export function askedWait(headers: Headers, now: number): number | null {
  const text = headers.get("retry-after")?.trim();
  if (text !== undefined && text !== "") {
    if (/^\d+$/.test(text)) return Number(text) * 1000;
    const date = Date.parse(text);
    return Number.isNaN(date) ? null : Math.max(0, date - now);
  }
  const reset = headers.get("x-ratelimit-reset");
  if (quotaUsedUp(headers) && reset !== null && /^\d+$/.test(reset)) {
    return Math.max(0, Number(reset) * 1000 - now);
  }
  return null;
}

function quotaUsedUp(headers: Headers): boolean {
  return headers.get("x-ratelimit-remaining") === "0";
}
