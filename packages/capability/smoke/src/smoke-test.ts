import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Facts, SmokeResult } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import { childEnvironment, type RunResult, runProcess } from "@multiarch/process";
import { judge } from "./judge.ts";
import { planStart } from "./plan-start.ts";

export interface SmokeRequest {
  /** The program; relative to the current folder unless absolute. */
  readonly path: string;
  /** What the result calls the file; the last part of `path` when absent. */
  readonly name?: string;
  /** Read from the program's bytes; `null` when it is no native file. */
  readonly facts: Facts | null;
  /** `["--version"]` when absent; `false`: the project does not want its programs started. */
  readonly argv?: readonly string[] | false;
  readonly host: HostFacts;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly log: Log;
}

/**
 * Starts a program once, natively or under an emulator, in an empty folder of its own and without the job's secrets.
 * Never throws for what the program does: `failed` says that it cannot run, `started` that it ran and returned an error
 * (not every program knows `--version`), `not-run` why this machine could not try.
 */
export async function smokeTest(request: SmokeRequest): Promise<SmokeResult> {
  const argv = request.argv === false ? [] : [...(request.argv ?? ["--version"])];
  const file = request.name ?? basename(request.path);
  const notRun = { file, argv, where: "none", status: "not-run", exit: null, ms: 0 } as const;
  if (request.argv === false) return { ...notRun, why: "smoke is false in the configuration" };
  const start = planStart(request.facts, request.host, request.env);
  if (start.where === "none") return { ...notRun, why: start.why };
  const program = resolve(request.path);
  const [command = program, ...args] = [...start.command, program, ...argv];
  const outcome = await run(command, args, start.env, request);
  if (outcome instanceof UserError) {
    const why = `cannot be started: ${outcome.details.found ?? outcome.details.what}`;
    return { file, argv, where: start.where, status: "failed", exit: null, ms: 0, why };
  }
  const { status, why } = judge(outcome, request.timeoutMs);
  return {
    file,
    argv,
    where: start.where,
    status,
    exit: outcome.code,
    ms: Math.round(outcome.ms),
    why,
  };
}

async function run(
  command: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>>,
  request: SmokeRequest,
): Promise<RunResult | UserError> {
  const folder = await mkdtemp(join(tmpdir(), "multiarch-smoke-"));
  try {
    return await runProcess(command, args, {
      cwd: folder,
      env: childEnvironment(request.env, extra),
      timeoutMs: request.timeoutMs,
      log: request.log,
    });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  } finally {
    // Windows keeps the folder of a process that has just ended busy for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
