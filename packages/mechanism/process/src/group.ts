import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const windows = process.platform === "win32";
const pollMs = 20;
/** After SIGKILL only a process that sleeps in the kernel, or one that nobody reaps, is still there. */
const lastWaitMs = 1_000;

/** A child that leads its own process group, with all its descendants that stayed in that group. */
export interface Group {
  /** Asks all members to end, and kills what is left after the grace. Settles when the group is gone or cannot be killed. */
  end(graceMs: number): Promise<void>;
  /** Kills all members at once, without waiting: for the last moment of our own process. */
  kill(): void;
}

/**
 * @param leader Process id of a child that was spawned `detached` (POSIX), which makes it the group's id too.
 * @param systemRoot Windows' own folder, where taskkill is: it is never searched in PATH.
 */
export function processGroup(leader: number, systemRoot: string): Group {
  const taskkill = `${systemRoot}\\System32\\taskkill.exe`;
  const taskkillArguments = ["/PID", String(leader), "/T", "/F"];
  if (windows) {
    return {
      // There is no polite request on Windows that a console program would understand.
      end: () =>
        new Promise((resolve) => {
          const killer = spawn(taskkill, taskkillArguments, { stdio: "ignore", windowsHide: true });
          killer.once("error", () => resolve()).once("close", () => resolve());
        }),
      kill: () => void spawnSync(taskkill, taskkillArguments, { stdio: "ignore" }),
    };
  }
  const gone = async (withinMs: number): Promise<boolean> => {
    const until = performance.now() + withinMs;
    while (send(leader, 0) && !onlyZombies(leader)) {
      if (performance.now() > until) return false;
      await wait(pollMs);
    }
    return true;
  };
  return {
    async end(graceMs) {
      send(leader, "SIGTERM");
      if (await gone(graceMs)) return;
      send(leader, "SIGKILL");
      await gone(lastWaitMs);
    },
    kill: () => void send(leader, "SIGKILL"),
  };
}

/** False when the group has no member left that we may signal. */
function send(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch (error) {
    // macOS answers EPERM for a group of which only zombies are left.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}

/**
 * Whether all that is left of a group has already died and waits to be reaped. In a container whose first process reaps
 * nobody, which is what a job container of GitHub has, that wait never ends, and a signal to the group still "arrives".
 * Linux only (proc(5): `pid (name) state parent group …`); elsewhere the answer is no.
 */
function onlyZombies(leader: number): boolean {
  if (process.platform !== "linux") return false;
  const processes = processIds();
  return (
    processes.length > 0 &&
    !processes.some((pid) => {
      const [state, , group] = afterName(pid);
      return group === String(leader) && state !== "Z" && state !== "X";
    })
  );
}

function processIds(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // Not mounted: then nothing is known of any process, and the caller's answer stands.
    return [];
  }
}

function afterName(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    // It has ended since the folder was listed.
    return [];
  }
}
