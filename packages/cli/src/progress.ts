import type { CommandIo } from "./io.ts";

type State = "waiting" | "done" | "failed" | string;

/** Shows what each target is doing: a table that redraws itself on a terminal, one line a step elsewhere. */
export interface Progress {
  update(target: string, state: State, detail?: string): void;
  stop(): void;
}

export async function startProgress(targets: readonly string[], io: CommandIo): Promise<Progress> {
  return io.terminal ? liveTable(targets) : lines(io);
}

function lines({ log }: CommandIo): Progress {
  return {
    update: (target, state, detail) =>
      log.info(`${target}: ${state}${detail === undefined ? "" : ` (${detail})`}`),
    stop: () => {},
  };
}

const marks: Readonly<Record<string, string>> = { waiting: "·", done: "✓", failed: "✗" };

async function liveTable(targets: readonly string[]): Promise<Progress> {
  const { createLogUpdate } = await import("log-update");
  const draw = createLogUpdate(process.stderr);
  const states = new Map(targets.map((target) => [target, "waiting"]));
  const width = Math.max(...targets.map((target) => target.length));
  const render = (): void => {
    const rows = [...states].map(([target, state]) => {
      const mark = marks[state.split(" ", 1)[0] ?? ""] ?? "▸";
      return `${mark} ${target.padEnd(width)}  ${state}`;
    });
    draw(rows.join("\n"));
  };
  render();
  return {
    update(target, state, detail) {
      states.set(target, detail === undefined ? state : `${state} (${detail})`);
      render();
    },
    stop: () => draw.done(),
  };
}
