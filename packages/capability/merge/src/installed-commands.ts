import { lstat } from "node:fs/promises";
import { hashFile } from "@multiarch/archive";
import type { ReleasePackage } from "@multiarch/contracts";
import { type RunResult, runProcess } from "@multiarch/process";
import type { ExaminedFile } from "./examine.ts";
import type { InstallRequest } from "./install-request.ts";

/** Where a package manager put things, by the name of a command. */
export interface InstalledPlaces {
  /** The native program itself, without its ending. */
  readonly program: (bin: string) => string;
  /** What a user starts, without its ending. */
  readonly command: (bin: string) => string;
  /** The ending of a command. */
  readonly suffix: string;
}

/**
 * Whether every command of an installed package works: the program is the one that was built, and what a user starts ends
 * as the program itself does. A program may not know the arguments, so its exit code says nothing alone, but a launcher
 * that finds no program also returns 1.
 * @returns what is wrong, or `null`
 */
export async function tryCommands(
  { files, smoke, host, temporaryFolder }: InstallRequest,
  made: ReleasePackage,
  places: InstalledPlaces,
  env: Record<string, string>,
): Promise<string | null> {
  const ending = host.os === "windows" ? ".exe" : "";
  for (const file of files) {
    if (file.kind !== "executable" || !isOf(file, made)) continue;
    const program = `${places.program(file.bin)}${ending}`;
    const found = await hashOf(program);
    if (found !== file.sha256) {
      return `${made.name}: ${program} is ${found === null ? "missing" : "not the file that was built"}`;
    }
    if (smoke === null) continue;
    const options = { env, cwd: temporaryFolder, timeoutMs: 60_000 };
    const command = `${places.command(file.bin)}${places.suffix}`;
    const run = await runProcess(command, smoke, options);
    const direct = command === program ? run : await runProcess(program, smoke, options);
    const shown = `${file.bin} ${smoke.join(" ")}`;
    if (run.code === 126 || run.code === 127 || run.code === null) {
      return `${shown}: ${lastLines(run)}`;
    }
    if (run.code !== direct.code) {
      return `${shown}: ${lastLines(run)}, while the program itself ends with ${lastLines(direct)}`;
    }
  }
  return null;
}

/** Whether a file was built for the target that a package is named for. */
export function isOf(file: ExaminedFile, made: ReleasePackage): boolean {
  return file.package === made.package && file.target === made.target;
}

/** sha256 of a plain file; `null`: there is none. */
export async function hashOf(path: string): Promise<string | null> {
  const state = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return state?.isFile() === true ? (await hashFile(path)).sha256 : null;
}

/** How a process ended, and the last that it wrote. */
export function lastLines({ stdout, stderr, code, signal, timedOut }: RunResult): string {
  const ended = timedOut
    ? "it took too long"
    : signal === null
      ? `exit ${code}`
      : `signal ${signal}`;
  const text = (stderr.trim() || stdout.trim()).split("\n").slice(-8).join(" | ");
  return text === "" ? ended : `${ended}: ${text}`;
}
