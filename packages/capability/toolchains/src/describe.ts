import { tmpdir } from "node:os";
import type { Log } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, runProcess } from "@multiarch/process";
import type { DescribedTools, Environment, ToolVersion } from "./types.ts";

/** The tools on PATH and what they say of themselves. For the plan of a local machine; a tool that does not start counts as absent. */
export async function describeTools(env: Environment, log: Log): Promise<DescribedTools> {
  const [go, cargo, rustc, zigbuild, zig] = await Promise.all([
    describeTool("go", ["env", "GOVERSION"], env, log),
    describeTool("cargo", ["--version"], env, log),
    describeTool("rustc", ["--version"], env, log),
    describeTool("cargo-zigbuild", ["--version"], env, log),
    describeTool("zig", ["version"], env, log),
  ]);
  return { go, cargo, rustc, zigbuild, zig };
}

/** @param name A name on PATH, or the full path of an executable. */
export async function describeTool(
  name: string,
  arguments_: readonly string[],
  env: Environment,
  log: Log,
): Promise<ToolVersion | null> {
  const path = await findExecutable(name, env);
  if (path === null) return null;
  // Not in the project: a toolchain line there must neither change the answer nor make a tool fetch another one.
  const options = {
    cwd: tmpdir(),
    env: childEnvironment(env, { GOTOOLCHAIN: "local" }),
    timeoutMs: 60_000,
  };
  const { code, stdout, stderr } = await runProcess(path, arguments_, options).catch(
    (error: unknown) => ({ code: null, stdout: "", stderr: String(error) }),
  );
  const version = /\d+\.\d+(\.\d+)?([-.+][\w.+-]*)?/.exec(stdout)?.[0];
  if (code === 0 && version !== undefined) return { path, version };
  log.debug(`${path} does not say its version: ${stderr.trim() || stdout.trim()}`);
  return null;
}
