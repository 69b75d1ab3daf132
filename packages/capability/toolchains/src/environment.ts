import { delimiter } from "node:path";
import { childEnvironment } from "@multiarch/process";
import type { Environment } from "./types.ts";

/** The environment for a child that uses a tool: `env` without secrets, with `extra`, and with `folders` first on PATH. */
export function toolEnvironment(
  env: Environment,
  extra: Readonly<Record<string, string>>,
  folders: readonly string[],
): Record<string, string> {
  const result = childEnvironment(env, extra);
  // Windows writes `Path`: a second variable `PATH` beside it would win or lose by chance.
  const name = Object.keys(result).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  result[name] = [...folders, ...(result[name] ? [result[name]] : [])].join(delimiter);
  return result;
}
