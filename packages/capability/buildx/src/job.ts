import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./types.ts";

/** The process that lives as long as a job, as far as the system tells one from another. Texts are compared only. */
export interface JobMark {
  readonly pid: number;
  /** When it began, in the kernel's count; empty where there is no /proc. */
  readonly start: string;
  readonly boot: string;
  /** Its namespace of process numbers: a container has its own. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** No job lives longer on a machine of one's own: five days, and one to be sure. */
const longestJob = 6 * 24 * 3_600_000;

/** The job that this step is part of. In a job's container the step is started from outside; then it is the container's first process. */
export function thisJob({
  parent,
  proc,
  now,
}: Pick<Surroundings, "parent" | "proc" | "now">): JobMark {
  const pid = parent > 0 ? parent : 1;
  return { pid, start: startOf(proc, pid), ...placeOf(proc), since: now() };
}

/** Whether a job is known to have ended. In doubt it lives: its builder is then removed by a later sweep. */
export function hasEnded(
  mark: JobMark,
  { proc, now }: Pick<Surroundings, "proc" | "now">,
): boolean {
  const here = placeOf(proc);
  if (mark.boot !== here.boot) return true;
  if (now() - mark.since > longestJob) return true;
  if (mark.namespace !== here.namespace) return false;
  if (here.boot !== "") return startOf(proc, mark.pid) !== mark.start;
  return !answers(mark.pid);
}

function placeOf(proc: string): Pick<JobMark, "boot" | "namespace"> {
  return {
    boot: orEmpty(() => readFileSync(join(proc, "sys/kernel/random/boot_id"), "utf8").trim()),
    namespace: orEmpty(() => readlinkSync(join(proc, "self/ns/pid"))),
  };
}

function startOf(proc: string, pid: number): string {
  const stat = orEmpty(() => readFileSync(join(proc, String(pid), "stat"), "utf8"));
  // The name stands in brackets and may contain anything, brackets and blanks included.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it means that it is there.
    return Reflect.get(Object(error), "code") === "EPERM";
  }
}

/** Systems without /proc, and processes that have just gone. */
function orEmpty(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ESRCH", "EACCES"].includes(Reflect.get(Object(error), "code"))) {
      return "";
    }
    throw error;
  }
}
