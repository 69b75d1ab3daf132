import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "@multiarch/contracts";
import { root } from "./components.ts";
import { type Ran, run } from "./run.ts";

export interface Circumstances {
  /** Arguments besides the folders. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Four octal digits. */
  readonly umask?: string;
}

/** The built command line, as a user starts it in a clone. */
export function multiarch(
  folder: string,
  args: readonly string[],
  { env = {}, umask = "0022" }: Omit<Circumstances, "args"> = {},
): Promise<Ran> {
  const command = [process.execPath, join(root, "dist/cli/index.js"), ...args];
  // Node can set no umask for a child.
  return run("sh", ["-c", 'umask "$1"; shift; exec "$@"', "sh", umask, ...command], {
    cwd: folder,
    env: { ...env, GITHUB_ACTIONS: undefined },
  });
}

/** `multiarch release` of the project in `folder`; the release folder is read back from disk. */
export async function release(
  folder: string,
  output: string,
  { args = [], ...circumstances }: Circumstances = {},
): Promise<Release> {
  const { code, output: said } = await multiarch(
    folder,
    ["release", "--out", output, ...args],
    circumstances,
  );
  if (code !== 0) throw new Error(`release of ${folder}: exit ${code}\n${said}`);
  return readRelease(output);
}

export function readRelease(output: string): Release {
  return JSON.parse(readFileSync(join(output, "release.json"), "utf8")) as Release;
}
