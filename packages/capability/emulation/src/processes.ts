import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { errorCode, readText } from "./files.ts";
import type { ProcessMark } from "./types.ts";

/** What tells this boot and this process's namespaces from others. Texts, compared only. */
export interface Place {
  readonly boot: string;
  readonly processes: string;
  readonly user: string;
}

export function placeOf(proc: string): Place {
  return {
    boot: readText(join(proc, "sys/kernel/random/boot_id"))?.trim() ?? "",
    processes: namespace(proc, "pid"),
    user: namespace(proc, "user"),
  };
}

function namespace(proc: string, kind: string): string {
  try {
    return readlinkSync(join(proc, "self/ns", kind));
  } catch (error) {
    // Kernels built without namespaces have one of each.
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}

/** A process that lives, by its number; null when there is none. One that has ended and was not yet asked after counts as ended. */
export function markOf(proc: string, pid: number): ProcessMark | null {
  const stat = readText(join(proc, String(pid), "stat"));
  if (stat === null) return null;
  // The name stands in brackets and may contain anything, brackets and blanks included.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  const start = fields[19];
  if (start === undefined || state === "Z" || state === "X") return null;
  return { pid, start };
}

export function lives(proc: string, mark: ProcessMark): boolean {
  return markOf(proc, mark.pid)?.start === mark.start;
}

/**
 * The process that lives as long as the job: the runner's worker, act, or whoever else started this step. In a job's container the
 * step is started from outside and has no parent there; then it is the container's first process.
 */
export function jobOf(proc: string, parent: number): ProcessMark | null {
  return markOf(proc, parent > 0 ? parent : 1);
}
