import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../../../..");

/** Makes a script that plain Node can run: Node 20 reads no TypeScript, and a child process has no test runner around it. */
export async function bundle(entry: string, output: string): Promise<void> {
  const esbuild = join(root, "node_modules/esbuild/bin/esbuild");
  await promisify(execFile)(
    esbuild,
    [entry, "--bundle", "--platform=node", "--format=esm", `--outfile=${output}`],
    { cwd: root },
  );
}
