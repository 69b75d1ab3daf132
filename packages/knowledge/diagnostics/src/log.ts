/** Where progress and messages go. Actions write workflow commands, the command line writes plain lines or a live table. */
export interface Log {
  debug(text: string): void;
  info(text: string): void;
  notice(text: string): void;
  warning(text: string): void;
  error(text: string): void;
  /** Runs `work` under a heading that can be folded away. The heading is closed also when `work` throws. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

const ignore = (_text: string): void => {};

/** For callers that want results only. */
export const silentLog: Log = {
  debug: ignore,
  info: ignore,
  notice: ignore,
  warning: ignore,
  error: ignore,
  group: (_title, work) => work(),
};
