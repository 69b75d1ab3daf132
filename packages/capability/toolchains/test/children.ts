import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FakeGo } from "./fake-go.ts";

const root = join(import.meta.dirname, "../../../..");

/** Makes a script that plain Node can run: Node 20 reads no TypeScript, and a child process has no test runner around it. */
export async function bundleChild(output: string): Promise<void> {
  const esbuild = join(root, "node_modules/esbuild/bin/esbuild");
  const entry = join(import.meta.dirname, "find-go-child.ts");
  const options = ["--bundle", "--platform=node", "--format=esm", `--outfile=${output}`];
  await promisify(execFile)(esbuild, [entry, ...options], { cwd: root });
}

export interface Child {
  readonly process: ChildProcess;
  /** What it wrote and how it ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

export function startChild(script: string, toolCache: string, proxy: string, fake: FakeGo): Child {
  const child = spawn(process.execPath, [script, toolCache, proxy, JSON.stringify(fake.table)], {
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
    });
  }
  return {
    process: child,
    ended: new Promise((resolve) =>
      child.once("close", (code, signal) => resolve({ code, signal, output })),
    ),
  };
}
