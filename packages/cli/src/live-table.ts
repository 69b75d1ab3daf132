import type { Log } from "@multiarch/diagnostics";
import type { Progress } from "./progress.ts";

/** What a terminal is to us. */
export type Screen = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

interface Surroundings {
  readonly screen: Screen;
  readonly log: Log;
  /** Milliseconds. */
  readonly now: () => number;
}

interface State {
  readonly text: string;
  readonly detail: string | undefined;
  readonly since: number;
}

const marks: Readonly<Record<string, string>> = { waiting: "·", done: "✓", failed: "✗" };
/** When the screen is too small: what is left out first comes last. */
const importance = ["running", "failed", "waiting", "done"] as const;

/** A line for each target, with the seconds of its current step. It never has more lines than the screen. */
export async function startLiveTable(
  targets: readonly string[],
  { screen, log, now }: Surroundings,
): Promise<Progress> {
  const { createLogUpdate } = await import("log-update");
  // Hiding the cursor would take a handler of signals, which keeps a Ctrl-C from ending the process.
  const draw = createLogUpdate(screen, { showCursor: true });
  const states = new Map<string, State>();
  for (const target of targets) {
    states.set(target, { text: "waiting", detail: undefined, since: now() });
  }
  const render = (): void => draw(linesOf(states, screen, now()).join("\n"));
  const interrupt =
    (say: (text: string) => void) =>
    (text: string): void => {
      draw.clear();
      say(text);
      render();
    };
  render();
  const clock = setInterval(render, 1000);
  return {
    update(target, text, detail) {
      const before = states.get(target);
      if (before?.text === text && before.detail === detail) return;
      states.set(target, { text, detail, since: now() });
      render();
    },
    log: {
      ...log,
      info: interrupt(log.info),
      notice: interrupt(log.notice),
      warning: interrupt(log.warning),
      error: interrupt(log.error),
    },
    stop() {
      clearInterval(clock);
      render();
      draw.done();
    },
  };
}

function linesOf(states: ReadonlyMap<string, State>, screen: Screen, now: number): string[] {
  const { columns = 80, rows = 24 } = screen;
  const width = Math.max(0, ...[...states.keys()].map((target) => target.length));
  // The last line of the screen belongs to the cursor.
  const shown = mostImportant(states, rows - 1);
  const lines = [...states]
    .filter(([target]) => shown.has(target))
    .map(([target, state]) => {
      const mark = marks[state.text] ?? "▸";
      const line = `${mark} ${target.padEnd(width)}  ${describe(state, now)}`;
      return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
    });
  const hidden = states.size - shown.size;
  return hidden === 0 ? lines : [...lines, `  and ${hidden} more: ${counts(states, shown)}`];
}

function describe({ text, detail, since }: State, now: number): string {
  if (detail !== undefined) return `${text} (${detail})`;
  return text in marks ? text : `${text}  ${Math.floor((now - since) / 1000)} s`;
}

function kindOf({ text }: State): string {
  return text in marks ? text : "running";
}

function mostImportant(states: ReadonlyMap<string, State>, room: number): ReadonlySet<string> {
  const names = [...states.keys()];
  if (names.length <= room) return new Set(names);
  const sorted = importance.flatMap((kind) =>
    [...states].filter(([, state]) => kindOf(state) === kind).map(([target]) => target),
  );
  // One line tells what is not shown.
  return new Set(sorted.slice(0, Math.max(0, room - 1)));
}

function counts(states: ReadonlyMap<string, State>, shown: ReadonlySet<string>): string {
  const hidden = [...states].filter(([target]) => !shown.has(target));
  return importance
    .map((kind) => ({ kind, count: hidden.filter(([, state]) => kindOf(state) === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(", ");
}
