import type { Log } from "@multiarch/diagnostics";

/** Plain lines for a terminal or a pipe. Details only when asked for. */
export function consoleLog(write: (text: string) => void, verbose: boolean): Log {
  const line = (text: string): void => write(`${text}\n`);
  const detail = verbose ? line : (_text: string): void => {};
  return {
    debug: detail,
    info: line,
    notice: (text) => line(`note: ${text}`),
    warning: (text) => line(`warning: ${text}`),
    error: (text) => line(`error: ${text}`),
    async group(title, work) {
      detail(title);
      return work();
    },
  };
}

/** For work that shows its own progress: only what went wrong is passed on, everything else only when asked for. */
export function quietLog(log: Log): Log {
  return { ...log, info: log.debug, notice: log.debug, group: (_title, work) => work() };
}
