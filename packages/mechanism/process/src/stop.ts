import type { Group } from "./group.ts";

/** GitHub's runner sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s later: this leaves time to spare. */
const graceMs = 2_000;
const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const live = new Set<Group>();
let holders = 0;
let stopping: Promise<void> | null = null;

/** Keeps our process from ending without its child. */
export interface Hold {
  attach(group: Group): void;
  release(): void;
}

/**
 * Has a group end together with our own process, however that ends (SIGKILL excepted). Children lead groups of their
 * own, so a Ctrl-C in a terminal does not reach them: we pass it on. Our handlers exist only while a child lives.
 * Taken before the child is spawned, so that there is no moment at which a signal ends us and spares the child.
 */
export function holdStop(): Hold {
  if (holders === 0) {
    for (const signal of signals) process.on(signal, stop);
    process.on("exit", killAll);
  }
  holders += 1;
  let held: Group | null = null;
  return {
    attach(group) {
      held = group;
      live.add(group);
    },
    release() {
      if (held !== null) live.delete(held);
      holders -= 1;
      if (holders === 0 && stopping === null) removeHandlers();
    },
  };
}

/** Settles once a stop that is under way has run its course; null when we were not told to stop. */
export function stopUnderWay(): Promise<void> | null {
  return stopping;
}

function stop(signal: NodeJS.Signals): void {
  if (stopping === null) stopping = stopAll(signal);
  // Whoever asks twice has waited long enough.
  else killAll();
}

async function stopAll(signal: NodeJS.Signals): Promise<void> {
  await Promise.all([...live].map((group) => group.end(graceMs)));
  removeHandlers();
  // With no handler left, the signal does what it would have done without us: our parent sees the true reason.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  stopping = null;
}

function killAll(): void {
  for (const group of live) group.kill();
}

function removeHandlers(): void {
  for (const signal of signals) process.removeListener(signal, stop);
  process.removeListener("exit", killAll);
}
