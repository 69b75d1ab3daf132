import { accessSync, constants, statSync } from "node:fs";
import { delimiter, extname, isAbsolute, join } from "node:path";

const windows = process.platform === "win32";

/**
 * The full path of an executable that the `PATH` of `env` leads to, or null.
 * Relative and empty parts of `PATH` are left out: they would let the folder that is being built provide our tools.
 */
export async function findExecutable(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  if (isAbsolute(name)) return firstExecutable(name, env);
  for (const folder of (variable(env, "PATH") ?? "").split(delimiter)) {
    const unquoted = windows ? folder.replaceAll('"', "") : folder;
    if (!isAbsolute(unquoted)) continue;
    const found = firstExecutable(join(unquoted, name), env);
    if (found !== null) return found;
  }
  return null;
}

/** The path itself, or on Windows the path with the first extension of `PATHEXT` that exists; null when there is none. */
export function firstExecutable(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (!windows) return isExecutable(path) ? path : null;
  const extensions = (variable(env, "PATHEXT") || ".COM;.EXE;.BAT;.CMD").split(";");
  const named = extensions.some((one) => one.toLowerCase() === extname(path).toLowerCase());
  const candidates = named ? [path] : extensions.map((extension) => path + extension);
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to execute: for a search both mean "look on".
    return false;
  }
}

/** One variable, its name in upper case. Windows writes `Path`, and a copied environment has lost Windows' indifference to case. */
export function variable(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  if (!windows || env[name] !== undefined) return env[name];
  const key = Object.keys(env).find((one) => one.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}
