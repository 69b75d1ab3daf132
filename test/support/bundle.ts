import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

/** Makes a script that plain Node can run: Node 20 reads no TypeScript, and a child process has no test runner around it. */
export async function bundle(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    // Loaded only where there is an artifact service.
    external: ["@actions/artifact"],
    logLevel: "error",
  });
  return outfile;
}

/** Runs Node on a script; fails unless it ends well. */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: "", ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}

export const supportFolder: string = join(import.meta.dirname);
