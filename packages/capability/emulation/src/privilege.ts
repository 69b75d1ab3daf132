import { UserError } from "@multiarch/diagnostics";
import { childEnvironment, type RunResult, runProcess } from "@multiarch/process";
import type { Surroundings } from "./types.ts";

/** How this process may do what only root may: by itself, or through sudo without a password. */
export type Privilege = "own" | "sudo";

const limit = 20_000;

/**
 * Finds out by trying, once: sudo may be absent, ask for a password, or be forbidden in containers.
 * Root of a user namespace counts as root: it has a table of its own.
 */
export async function findPrivilege(surroundings: Surroundings): Promise<Privilege | null> {
  if (surroundings.userId === 0) return "own";
  try {
    const { code } = await runProcess("sudo", ["-n", "true"], options(surroundings));
    return code === 0 ? "sudo" : null;
  } catch (error) {
    if (error instanceof UserError && error.id === "MA380") return null;
    throw error;
  }
}

/**
 * Runs one of the system's own programs as root. The arguments are ours: names of fixed files and checked paths.
 * @throws UserError MA380 when there is no such program
 */
export async function asRoot(
  privilege: Privilege,
  surroundings: Surroundings,
  [command, ...args]: readonly [string, ...string[]],
  input?: string,
): Promise<RunResult> {
  const all = options(surroundings);
  const given = input === undefined ? all : { ...all, input };
  return privilege === "own"
    ? runProcess(command, args, given)
    : runProcess("sudo", ["-n", "--", command, ...args], given);
}

/** The programs of administrators are not on everybody's PATH. */
export function options({ env }: Surroundings) {
  const path = [env.PATH, "/usr/sbin", "/sbin", "/usr/bin", "/bin"].filter(Boolean).join(":");
  return { env: { ...childEnvironment(env), PATH: path, LC_ALL: "C" }, timeoutMs: limit };
}

/** The last line of what a program said, which is where such programs give the kernel's reason. */
export function lastWords({ tail, code, signal }: RunResult): string {
  return tail.at(-1)?.trim() || (signal === null ? `exit code ${code}` : `ended by ${signal}`);
}
