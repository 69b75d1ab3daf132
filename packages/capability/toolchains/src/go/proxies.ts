import { join } from "node:path";
import { readIfPresent } from "../files.ts";
import { homeFolder } from "../host.ts";
import type { Environment } from "../types.ts";

/**
 * The user's file of Go settings (`go env -w`): lines `NAME=value`, `#` comments, no quoting.
 * Source: https://pkg.go.dev/cmd/go#hdr-Environment_variables
 */
export function parseGoEnvFile(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const at = line.indexOf("=");
    const name = line.slice(0, Math.max(at, 0)).trim();
    if (/^[A-Z][A-Z0-9_]*$/.test(name)) settings.set(name, line.slice(at + 1).trimEnd());
  }
  return settings;
}

/** Where that file is: GOENV, else `go/env` in the user's configuration folder; null when GOENV says `off`. */
export function goEnvFile(env: Environment, os: string): string | null {
  if (env.GOENV === "off") return null;
  if (env.GOENV) return env.GOENV;
  const home = homeFolder(env, os);
  if (os === "windows") {
    return join(env.APPDATA || join(home, "AppData", "Roaming"), "go", "env");
  }
  if (os === "darwin") return join(home, "Library", "Application Support", "go", "env");
  return join(env.XDG_CONFIG_HOME || join(home, ".config"), "go", "env");
}

/** The addresses of a GOPROXY list, in order. `direct` and `off` are no addresses: they are about source code, not about us. */
export function proxyAddresses(list: string): string[] {
  return list
    .split(/[,|]/)
    .map((entry) => entry.trim().replace(/\/+$/, ""))
    .filter((entry) => entry !== "" && entry !== "direct" && entry !== "off")
    .map((entry) => (/^[a-z][a-z0-9+.-]*:/i.test(entry) ? entry : `https://${entry}`));
}

/**
 * The module proxies that the user's Go would ask: the variable GOPROXY, else the user's file, else what an installed Go says (it
 * was too old to be used, but its settings are the user's). We have no default of our own.
 */
export async function moduleProxies(
  env: Environment,
  os: string,
  installed: string | null,
): Promise<string[]> {
  if (env.GOPROXY) return proxyAddresses(env.GOPROXY);
  const file = goEnvFile(env, os);
  if (file !== null) {
    const own = parseGoEnvFile((await readIfPresent(file)) ?? "").get("GOPROXY");
    if (own) return proxyAddresses(own);
  }
  return installed === null ? [] : proxyAddresses(installed);
}
