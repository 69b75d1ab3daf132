import { runCommandLine } from "@multiarch/cli";
import { type RecordingLog, recordingLog } from "../../../test/support/recording-log.ts";
import type { CommandIo } from "../src/io.ts";

export interface Ended {
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  readonly log: RecordingLog;
  /** Everything that was logged, one line after the other. */
  readonly messages: string;
}

let calls = 0;

/** Runs a command line in this process, as a pipe sees it. */
export async function run(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const log = recordingLog();
  let stdout = "";
  calls++;
  const io: CommandIo = {
    env: { PATH: process.env.PATH, ...env },
    cwd,
    print: (text) => {
      stdout += text;
    },
    log,
    terminal: false,
    now: () => performance.now(),
    nonce: () => calls.toString(16).padStart(12, "0"),
  };
  const code = await runCommandLine(args, io);
  return { code, stdout, log, messages: log.lines.join("\n") };
}

/** The only document on standard output. */
export function document<T>({ stdout }: Ended): T {
  return JSON.parse(stdout) as T;
}
