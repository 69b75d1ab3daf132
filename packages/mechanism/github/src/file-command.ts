import { appendFileSync, closeSync, fstatSync, openSync, readSync } from "node:fs";
import { InternalError, UserError } from "@multiarch/diagnostics";
import { type Environment, inActions } from "./runner.ts";

/** The runner takes any text as a name, so a name with a line end would begin an entry of its own. */
const nameShape = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/**
 * Sets an output of the step, by the file that `GITHUB_OUTPUT` names. Does nothing outside GitHub Actions.
 * @throws UserError MA006 when the runner gave no file, or it cannot be written. The deprecated way over standard output is not
 *   taken: any child could use it too. InternalError for a name that is no plain word.
 */
export function setOutput(env: Environment, name: string, value: string): void {
  write(env, "GITHUB_OUTPUT", name, value);
}

/** Keeps a value for this action's post step, by the file that `GITHUB_STATE` names. Throws as `setOutput` does. */
export function saveState(env: Environment, name: string, value: string): void {
  write(env, "GITHUB_STATE", name, value);
}

/**
 * Puts a folder before the PATH of the steps that follow, by the file that `GITHUB_PATH` names. Does nothing outside GitHub Actions.
 * @throws UserError MA006 as `setOutput` does. InternalError for a folder with a line end in its name, which would be two.
 */
export function addPath(env: Environment, folder: string): void {
  if (/[\r\n\0]/.test(folder)) {
    throw new InternalError(`${JSON.stringify(folder)} is no folder for GITHUB_PATH`);
  }
  if (!inActions(env)) return;
  append(env, "GITHUB_PATH", folder, `${folder}${process.platform === "win32" ? "\r\n" : "\n"}`);
}

/**
 * A value that `saveState` kept, or null. Check it before use: the runner still obeys `save-state` on standard output, so
 * an unfenced child of an earlier step could have written it.
 */
export function getState(env: Environment, name: string): string | null {
  return env[`STATE_${name}`] ?? null;
}

function write(env: Environment, variable: string, name: string, value: string): void {
  if (!nameShape.test(name)) {
    throw new InternalError(`${JSON.stringify(name)} is not a name for ${variable}`);
  }
  if (!inActions(env)) return;
  const entry = formatEntry(name, value, process.platform === "win32" ? "\r\n" : "\n");
  append(env, variable, name, entry);
}

function append(env: Environment, variable: string, name: string, entry: string): void {
  const file = env[variable];
  if (file === undefined || file === "") {
    throw new UserError("MA006", {
      what: `${name} cannot be written`,
      where: `${variable} is not set`,
    });
  }
  try {
    appendFileSync(file, endsLine(file) ? entry : `\n${entry}`);
  } catch (cause) {
    throw new UserError("MA006", {
      what: `${name} cannot be written`,
      where: `${variable}: ${file}`,
      cause,
    });
  }
}

/**
 * One entry of a file command: `name<<delimiter`, the value, the delimiter. The value is searched for the delimiter, so it
 * cannot end its own entry; a random delimiter would only make that unlikely, and costs the start of Node's cryptography.
 * Line ends are the platform's, because the runner for Windows would take the CR at a value's end, followed by our LF, for
 * one line end.
 */
export function formatEntry(name: string, value: string, lineEnd: string): string {
  let delimiter = "multiarch_end";
  for (let count = 1; value.includes(delimiter); count++) delimiter = `multiarch_end_${count}_`;
  return `${name}<<${delimiter}${lineEnd}${value}${lineEnd}${delimiter}${lineEnd}`;
}

/** Whether the next entry begins on a line of its own. An empty line in between would do no harm, but act refuses it. */
function endsLine(file: string): boolean {
  const handle = openSync(file, "a+");
  try {
    const { size } = fstatSync(handle);
    if (size === 0) return true;
    const last = Buffer.alloc(1);
    readSync(handle, last, 0, 1, size - 1);
    return last.toString() === "\n";
  } finally {
    closeSync(handle);
  }
}
