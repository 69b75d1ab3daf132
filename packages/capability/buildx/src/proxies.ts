import { optionKey } from "./driver-options.ts";
import { writeField } from "./fields.ts";
import type { Environment } from "./types.ts";

/** BuildKit and the programs in its container read one or the other spelling. */
const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"];

/** Drivers that start BuildKit in a container, which inherits nothing from this process. */
const containers = new Set(["docker-container", "kubernetes"]);

/**
 * The proxy of this step as driver options, so that BuildKit fetches through it too. A variable that the user's own options set, in either
 * case, is left alone. In a container 127.0.0.1 is the container itself: a proxy there is passed all the same when the network is the host's, else not.
 */
export function proxyOptions(driver: string, given: readonly string[], env: Environment): string[] {
  if (!containers.has(driver)) return [];
  const keys = new Set(given.map((option) => optionKey(option).toUpperCase()));
  const hostNetwork = given.includes("network=host");
  return names.flatMap((name) => {
    const value = env[name] || env[name.toLowerCase()];
    if (value === undefined || value === "" || keys.has(`ENV.${name}`)) return [];
    if (name !== "NO_PROXY" && !hostNetwork && isLoopback(value)) return [];
    return [writeField(`env.${name}=${value}`), writeField(`env.${name.toLowerCase()}=${value}`)];
  });
}

function isLoopback(proxy: string): boolean {
  const full = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (!URL.canParse(full)) return false;
  return /^(127\.[\d.]+|localhost|\[::1\])$/.test(new URL(full).hostname);
}
