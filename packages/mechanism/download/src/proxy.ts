import { UserError } from "@multiarch/diagnostics";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an https address, in the manner that curl set: `HTTPS_PROXY`, else `ALL_PROXY`, lower case first,
 * `NO_PROXY` a list of hosts with their subdomains, with or without a port, or `*`. Plain http reaches only this machine: never proxied.
 * @throws UserError MA511 for a proxy that is no http or https URL.
 */
export function proxyFor(url: URL, env: Environment): URL | null {
  if (url.protocol !== "https:" || excepted(url, read(env, "no_proxy"))) return null;
  const text = read(env, "https_proxy") || read(env, "all_proxy");
  if (text === "") return null;
  const full = text.includes("://") ? text : `http://${text}`;
  const proxy = URL.canParse(full) ? new URL(full) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    throw new UserError("MA511", {
      what: "the proxy setting is not usable",
      expected: "http://host:port",
      found: proxy === null ? "no URL" : `${proxy.protocol}//`,
      where: "HTTPS_PROXY",
    });
  }
  return proxy;
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toUpperCase()] || "";
}

function excepted(url: URL, list: string): boolean {
  const port = url.port || "443";
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, host = "", wantedPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wantedPort !== undefined && wantedPort !== port) return false;
      return host !== "" && (url.hostname === host || url.hostname.endsWith(`.${host}`));
    });
}
