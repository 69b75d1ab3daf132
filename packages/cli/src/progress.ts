import type { Log } from "@multiarch/diagnostics";
import type { CommandIo } from "./io.ts";
import { type Screen, startLiveTable } from "./live-table.ts";

/** Shows what each target is doing: a table that redraws itself on a terminal, one line a step elsewhere. */
export interface Progress {
  /** @param state `done`, `failed`, or what takes time now */
  update(target: string, state: string, detail?: string): void;
  /** For messages in between, which must not end up inside the table. */
  readonly log: Log;
  stop(): void;
}

export async function startProgress(targets: readonly string[], io: CommandIo): Promise<Progress> {
  if (!io.terminal) return lines(io.log);
  const screen: Screen = process.stderr;
  return startLiveTable(targets, { screen, log: io.log, now: io.now });
}

function lines(log: Log): Progress {
  const states = new Map<string, string>();
  return {
    update(target, state, detail) {
      if (states.get(target) === state) return;
      states.set(target, state);
      log.info(`${target}: ${state}${detail === undefined ? "" : ` (${detail})`}`);
    },
    log,
    stop: () => {},
  };
}
