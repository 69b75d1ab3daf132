import type { Entry } from "./entry-text.ts";
import { lives, type Place } from "./processes.ts";
import type { ProcessMark } from "./types.ts";

/** An entry of the kernel's table that a job relies on, and that one of ours made. */
export interface LeasedEntry extends Omit<Entry, "enabled"> {
  /** `multiarch-aarch64` */
  readonly name: string;
}

/** What a job has asked the kernel for. Written before the kernel is asked, so that no kill can leave an entry that nobody knows of. */
export interface Lease {
  readonly schema: "multiarch.emulation/1";
  readonly id: string;
  /** `preparing`: the step is at work. `ready`: the job relies on it. `kept`: it stays until the machine is started again. */
  readonly phase: "preparing" | "ready" | "kept";
  readonly place: Place;
  /** Which table: the number of its file system; null until it is mounted. */
  readonly table: string | null;
  /** We mounted it, or a dead one of ours did. */
  readonly mounted: boolean;
  readonly step: ProcessMark;
  readonly job: ProcessMark;
  readonly entries: readonly LeasedEntry[];
  /** Milliseconds since 1970. */
  readonly created: number;
}

export const leaseIdShape = /^[0-9a-f]{24}$/;

/** Longer than a job may take on a runner of one's own (five days). */
const foreignAge = 6 * 24 * 60 * 60 * 1000;

/**
 * Whether the job may still rely on its lease. A step that died at work is of no use to its job, however long that lives. Processes of
 * another process namespace (a container) cannot be seen from here: they count as living for as long as a job may take.
 */
export function isLiving(lease: Lease, here: Place, proc: string, now: number): boolean {
  if (lease.place.boot !== here.boot) return false;
  if (lease.phase === "kept") return true;
  if (lease.place.processes !== here.processes) return now - lease.created < foreignAge;
  return lives(proc, lease.phase === "preparing" ? lease.step : lease.job);
}

/** Whether a lease speaks of the table that is mounted here. */
export function sameTable(lease: Lease, here: Place, table: string | null): boolean {
  if (lease.place.boot !== here.boot) return false;
  return lease.table === null || table === null
    ? lease.place.user === here.user
    : lease.table === table;
}

/** Null for anything that this version did not write. */
export function parseLease(text: string): Lease | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return isLease(value) ? value : null;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const areTexts = (fields: Fields, names: readonly string[]): boolean =>
  names.every((name) => typeof fields[name] === "string" && `${fields[name]}`.length < 4096);

function isLease(value: unknown): value is Lease {
  if (!isFields(value)) return false;
  const { schema, id, phase, place, table, mounted, step, job, entries, created } = value;
  return (
    schema === "multiarch.emulation/1" &&
    typeof id === "string" &&
    leaseIdShape.test(id) &&
    ["preparing", "ready", "kept"].includes(String(phase)) &&
    isFields(place) &&
    areTexts(place, ["boot", "processes", "user"]) &&
    (table === null || typeof table === "string") &&
    typeof mounted === "boolean" &&
    isMark(step) &&
    isMark(job) &&
    typeof created === "number" &&
    Array.isArray(entries) &&
    entries.length <= 64 &&
    entries.every(isLeasedEntry)
  );
}

function isMark(value: unknown): value is ProcessMark {
  return isFields(value) && Number.isInteger(value.pid) && areTexts(value, ["start"]);
}

function isLeasedEntry(value: unknown): value is LeasedEntry {
  return (
    isFields(value) &&
    areTexts(value, ["name", "interpreter", "flags", "magic", "mask"]) &&
    // A path from a file that somebody else could have written: only our own names may ever be removed.
    /^multiarch-[a-z0-9_]{1,32}$/.test(String(value.name))
  );
}
