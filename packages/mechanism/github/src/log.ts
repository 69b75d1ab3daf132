import type { Log } from "@multiarch/diagnostics";
import { type ChildOutput, type FencedLog, fence } from "@multiarch/process";
import { formatCommand } from "./command.ts";
import { type Environment, inActions, type Write } from "./runner.ts";

export type AnnotationLevel = "error" | "warning" | "notice";

/** What an annotation is about. Lines and columns count from 1. */
export interface AnnotationPlace {
  readonly title?: string;
  /** Relative to the workspace. */
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** The log of an action. */
export interface ActionsLog extends FencedLog {
  annotate(level: AnnotationLevel, text: string, place: AnnotationPlace): void;
}

/**
 * A log for the runner: messages become annotations, groups can be folded, and nothing that is merely shown can be taken
 * for a command. Outside GitHub Actions it writes plain lines.
 */
export function actionsLog(env: Environment, write: Write): ActionsLog {
  return inActions(env) ? runnerLog(write) : plainLog(write);
}

function runnerLog(write: Write): ActionsLog {
  const guarded = fence(write);
  const annotate: ActionsLog["annotate"] = (level, text, { column, ...place }) =>
    guarded.command(formatCommand(level, { ...place, col: column }, text));
  return {
    ...levels(annotate),
    debug: (text) => guarded.command(formatCommand("debug", {}, text)),
    info: (text) => guarded.text(text),
    annotate,
    childOutput: guarded,
    group: grouping(
      (title) => guarded.command(formatCommand("group", {}, oneLine(title))),
      () => guarded.command(formatCommand("endgroup", {}, "")),
      (title) => guarded.text(title),
    ),
  };
}

function plainLog(write: Write): ActionsLog {
  const info = (text: string): void => write(`${text}\n`);
  const childOutput: ChildOutput = { line: info, end: () => {} };
  const annotate: ActionsLog["annotate"] = (level, text, { file, line }) => {
    const place = [file, line].filter((part) => part !== undefined).join(":");
    info(`${level}: ${place === "" ? "" : `${place}: `}${text}`);
  };
  return {
    ...levels(annotate),
    debug: () => {},
    info,
    annotate,
    childOutput,
    group: grouping(info, () => {}, info),
  };
}

function levels(annotate: ActionsLog["annotate"]): Pick<Log, "notice" | "warning" | "error"> {
  return {
    notice: (text) => annotate("notice", text, {}),
    warning: (text) => annotate("warning", text, {}),
    error: (text) => annotate("error", text, {}),
  };
}

/** The runner knows no group within a group: an inner one, or one that runs at the same time, is only a heading. */
function grouping(
  open: (title: string) => void,
  close: () => void,
  heading: (title: string) => void,
): Log["group"] {
  let busy = false;
  return async (title, work) => {
    if (busy) {
      heading(title);
      return work();
    }
    busy = true;
    open(title);
    try {
      return await work();
    } finally {
      busy = false;
      close();
    }
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
