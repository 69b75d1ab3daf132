import type { Group } from "./group.ts";

/** GitHub's runner sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s later: this leaves time to spare. */
const graceMs = 2_000;
const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const holds = new Set<{ group: Group | null; stopped: boolean }>();
let listening = false;
let stopping: Promise<void> | null = null;

/** Keeps our process from ending without its child. */
export interface Hold {
  attach(group: Group): void;
  /** Whether our process was told to stop while this child ran. */
  stopped(): boolean;
  release(): void;
}

/**
 * Has a group end together with our own process, however that ends (SIGKILL excepted). Children lead groups of their
 * own, so a Ctrl-C in a terminal does not reach them: we pass it on. Our handlers exist only while a child lives.
 * Taken before the child is spawned, so that there is no moment at which a signal ends us and spares the child.
 */
export function holdStop(): Hold {
  listen();
  const hold: { group: Group | null; stopped: boolean } = { group: null, stopped: false };
  holds.add(hold);
  return {
    attach(group) {
      hold.group = group;
    },
    stopped: () => hold.stopped,
    release() {
      holds.delete(hold);
      if (holds.size === 0 && stopping === null) stopListening();
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
  await Promise.all(
    [...holds].map((hold) => {
      hold.stopped = true;
      return hold.group?.end(graceMs);
    }),
  );
  stopListening();
  // With no handler left, the signal does what it would have done without us: our parent sees the true reason.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  stopping = null;
}

function killAll(): void {
  for (const { group } of holds) group?.kill();
}

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of signals) process.on(signal, stop);
  process.on("exit", killAll);
}

function stopListening(): void {
  listening = false;
  for (const signal of signals) process.removeListener(signal, stop);
  process.removeListener("exit", killAll);
}
