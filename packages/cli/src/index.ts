import { randomBytes } from "node:crypto";
import { InternalError, UserError } from "@multiarch/diagnostics";
import { CommanderError } from "commander";
import { consoleLog } from "./console-log.ts";
import { type CommandIo, exitCodes, UsageError } from "./io.ts";
import { createProgram } from "./program.ts";

/** Runs one command line and returns its exit code. */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  let code: number | undefined;
  try {
    refuseVersionOfPackages(args);
    const program = createProgram(io, (result) => {
      code = result;
    });
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    return explain(error, io);
  }
  if (code === undefined) throw new InternalError("a verb ended without an exit code");
  return code;
}

/** `--version` shows our own version and does nothing else, which is not what somebody who makes packages asked for. */
function refuseVersionOfPackages(args: readonly string[]): void {
  if (!args.includes("--from") || !args.some((word) => /^--version(?:=|$)/.test(word))) return;
  throw new UsageError(
    new UserError("MA020", {
      what: "--version is not the version of the packages",
      expected: "--package-version",
      found: "--version",
    }),
  );
}

function explain(error: unknown, { log }: CommandIo): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (error instanceof UsageError) {
    log.error(error.message);
    return exitCodes.usage;
  }
  if (error instanceof UserError) {
    log.error(error.message);
    // Ids below 100 are about what was typed.
    return Number(error.id.slice(2)) < 100 ? exitCodes.usage : exitCodes.failed;
  }
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}

/** The process's own command line. */
export async function main(): Promise<void> {
  const args = process.argv.slice(2);
  let settled = false;
  process.once("beforeExit", () => {
    if (settled) return;
    process.exitCode = exitCodes.failed;
    process.stderr.write("error: multiarch ended before its work was done\n");
  });
  // A reader that has seen enough (head, less) closes the pipe: that is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const verbose = args.includes("--verbose");
  const io: CommandIo = {
    env: process.env,
    cwd: process.cwd(),
    print: (text) => void process.stdout.write(text),
    log: consoleLog((text) => void process.stderr.write(text), verbose),
    // Lines of tools would tear a table apart that redraws itself.
    terminal: process.stderr.isTTY === true && process.env.CI === undefined && !verbose,
    now: () => performance.now(),
    nonce: () => randomBytes(6).toString("hex"),
  };
  process.exitCode = await runCommandLine(args, io);
  settled = true;
}
