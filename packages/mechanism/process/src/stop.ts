import type { Group } from "./group.ts";

/** GitHub's runner sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s later: this leaves time to spare. */
const graceMs = 2_000;
const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const holds = new Set<{ group: Group | null; stopped: boolean }>();
const cleanups = new Set<() => void>();
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
 * own, so a Ctrl-C in a terminal does not reach them: we pass it on. Our handlers exist only while a child lives or something is to be cleaned up.
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
      rest();
    },
  };
}

/**
 * Has `cleanup` run when our own process is told to stop: once all children are gone, just before we end. For what would stay
 * behind because no `finally` comes to its turn. What it throws is not shown: nobody is left who could act on it.
 * @returns takes it back
 */
export function onStop(cleanup: () => void): () => void {
  listen();
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    rest();
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
  for (const cleanup of cleanups) attempt(cleanup);
  stopListening();
  // With no handler left, the signal does what it would have done without us: our parent sees the true reason.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  stopping = null;
}

function attempt(cleanup: () => void): void {
  try {
    cleanup();
  } catch {
    // A write that is under way can put a file into a folder that is being removed. What stays is removed by the next run.
  }
}

/** Lets signals do what they do by themselves when there is nothing to keep. */
function rest(): void {
  if (holds.size === 0 && cleanups.size === 0 && stopping === null) stopListening();
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
