import { createHmac, timingSafeEqual } from "node:crypto";

/** Whose token it is: the run, and the job within it. */
export interface Identity {
  readonly run: string;
  readonly job: string;
}

/**
 * A JSON Web Token as a runner gets it. The client reads the claim `scp` for the two ids; the service checks the signature.
 * @param scope overrides the claim `scp`
 */
export function makeToken(key: string, { run, job }: Identity, scope?: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const scp = scope ?? `Actions.GenericRead:00000000 Actions.Results:${run}:${job}`;
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ scp, iss: "test" })}`;
  return `${signed}.${hmac(key, signed, "base64url")}`;
}

/** The identity in an `Authorization` header, or `null` when the token is absent, forged, or has no scope for artifacts. */
export function readToken(key: string, header: string | undefined): Identity | null {
  const match = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(header ?? "");
  const [, head = "", payload = "", signature = ""] = match ?? [];
  if (!match || !sameText(signature, hmac(key, `${head}.${payload}`, "base64url"))) return null;
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  const scp = claims instanceof Object && "scp" in claims ? String(claims.scp) : "";
  for (const scope of scp.split(" ")) {
    const [name, run, job, ...rest] = scope.split(":");
    if (name === "Actions.Results" && run && job && rest.length === 0) return { run, job };
  }
  return null;
}

/**
 * Signs a blob's address: what may be done with it and until when are part of the signature. The signature is hex, because
 * the storage client drops a `=` at the end of a query value, which base64 would have.
 */
export function signAddress(
  key: string,
  origin: string,
  path: string,
  permission: "r" | "w",
  expires: number,
): string {
  const se = new Date(expires).toISOString();
  const query = new URLSearchParams({
    sp: permission,
    se,
    sig: hmac(key, `${path}\n${permission}\n${se}`, "hex"),
  });
  return `${origin}${path}?${query}`;
}

/** Whether a blob's address is signed for this permission and has not expired at `now` (milliseconds). */
export function checkAddress(key: string, url: URL, permission: "r" | "w", now: number): boolean {
  const sp = url.searchParams.get("sp") ?? "";
  const se = url.searchParams.get("se") ?? "";
  const expected = hmac(key, `${url.pathname}\n${sp}\n${se}`, "hex");
  return (
    sp === permission &&
    sameText(url.searchParams.get("sig") ?? "", expected) &&
    Date.parse(se) > now
  );
}

function hmac(key: string, text: string, encoding: "hex" | "base64url"): string {
  return createHmac("sha256", key).update(text).digest(encoding);
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
