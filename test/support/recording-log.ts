import { type Log, silentLog } from "@multiarch/diagnostics";

export interface RecordingLog extends Log {
  /** `level: text`, in order. */
  readonly lines: string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const record =
    (level: string) =>
    (text: string): void => {
      lines.push(`${level}: ${text}`);
    };
  return {
    ...silentLog,
    lines,
    debug: record("debug"),
    info: record("info"),
    notice: record("notice"),
    warning: record("warning"),
    error: record("error"),
  };
}
