import { UserError } from "@multiarch/diagnostics";
import { AttemptFailure } from "./failure.ts";

export const maximumRedirects = 5;

/** The address of a request with what belongs into a header taken out of it. */
export interface Address {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws UserError MA500 for anything but https, or http to this machine. */
export function parseAddress(text: string, headers: Readonly<Record<string, string>>): Address {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new UserError("MA500", { what: "a download address is not a URL", found: text, cause });
  }
  if (!secure(url)) {
    throw new UserError("MA500", {
      what: "a download address is not secure",
      expected: "https:",
      found: `${url.protocol}//${url.host}`,
    });
  }
  if (url.username === "" && url.password === "") return { url, headers };
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = "";
  url.password = "";
  return {
    url,
    headers: { ...headers, authorization: `Basic ${Buffer.from(user).toString("base64")}` },
  };
}

/** For messages: neither query nor fragment, which hold the signatures of signed addresses. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/**
 * Where a redirect leads.
 * @throws AttemptFailure MA501 for a foreign host, a downgrade, or no address at all; none of them is worth another attempt.
 */
export function redirectTarget(
  from: URL,
  location: string | null,
  allowedHosts: readonly string[],
): URL {
  const refuse = (what: string, found: string): never => {
    throw new AttemptFailure("MA501", { what, found, where: shown(from) }, { again: false });
  };
  if (location === null) return refuse("a redirect names no address", "no Location header");
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (to === null) return refuse("a redirect names no address", "a Location that is no URL");
  if (!secure(to) || (from.protocol === "https:" && to.protocol !== "https:")) {
    return refuse("a redirect leads to an insecure address", `${to.protocol}//${to.host}`);
  }
  if (to.username !== "" || to.password !== "") {
    return refuse("a redirect carries a user and password", to.host);
  }
  if (!allowedHosts.some((host) => matches(host, to.hostname))) {
    return refuse(
      `a redirect leads to a host that is not one of ${allowedHosts.join(", ")}`,
      to.host,
    );
  }
  return to;
}

function matches(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === "*") return true;
  return wanted.startsWith(".") ? host.endsWith(wanted) : host === wanted;
}

function secure(url: URL): boolean {
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(url.hostname);
}
