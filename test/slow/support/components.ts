import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..", "..");

/** True for `npm run test:full`; the core of each suite runs always. */
export const full = process.env.MULTIARCH_SUITES === "full";

/** Fetched components are kept here between runs. */
export const cache =
  process.env.MULTIARCH_TEST_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "multiarch-test");

/**
 * Runs one of the scripts in test/components, each of which does nothing when its component is there already.
 * @throws when the component cannot be had: a suite without its subject must not pass
 */
export function component(script: string, folder: string, ...args: string[]): string {
  const destination = join(cache, folder);
  mkdirSync(destination, { recursive: true });
  execFileSync("bash", [join(root, "test/components", script), destination, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    timeout: 1_200_000,
  });
  return destination;
}
