import { isOurs } from "./entry-text.ts";
import { isLiving, type Lease, type LeasedEntry, sameTable } from "./lease.ts";
import { type Leases, readLeases, removeLease } from "./lease-folder.ts";
import type { Privilege } from "./privilege.ts";
import type { Place } from "./processes.ts";
import type { Table } from "./table.ts";
import type { Surroundings } from "./types.ts";

/** What all steps that touch the table work with. */
export interface Workplace {
  readonly surroundings: Surroundings;
  readonly privilege: Privilege | null;
  readonly table: Table;
  readonly place: Place;
  readonly folder: string;
}

export interface Swept {
  /** Entries that were removed. */
  readonly removed: readonly string[];
  /** Leases that others rely on. */
  readonly living: readonly Lease[];
  /** One of the leases that are gone had mounted the table. */
  readonly mounted: boolean;
}

/**
 * Takes back what jobs left that are no more, and what the lease `own` holds: each entry that nobody living relies on, and that is
 * still what was registered. The caller holds the lock. A kill in between is made good by the next call: leases go last.
 */
export async function sweep(workplace: Workplace, own: string | null): Promise<Swept> {
  const { surroundings, table, place, folder, privilege } = workplace;
  const { log } = surroundings;
  const leases = await readLeases(folder);
  const identity = table.identity();
  const { living, gone } = divide(leases, own, workplace);
  const here = gone.filter((lease) => sameTable(lease, place, identity));
  const removed: string[] = [];
  if (leases.unreadable.length > 0) {
    log.warning(
      `${folder}/${leases.unreadable[0]} cannot be read: nothing is removed while it is there`,
    );
    return { removed, living, mounted: false };
  }
  for (const entry of identity === null ? [] : here.flatMap(({ entries }) => entries)) {
    if (isLeased(entry, living) || removed.includes(entry.name)) continue;
    const present = table.entry(entry.name);
    if (present === null || !isOurs(present, entry)) continue;
    await table.remove(entry.name);
    removed.push(entry.name);
  }
  for (const { id } of gone) await removeLease(folder, id, surroundings, privilege);
  return { removed, living, mounted: here.some(({ mounted }) => mounted) };
}

function divide(
  { known }: Leases,
  own: string | null,
  { place, surroundings, table }: Workplace,
): { living: Lease[]; gone: Lease[] } {
  const identity = table.identity();
  const living: Lease[] = [];
  const gone: Lease[] = [];
  for (const lease of known) {
    // What is kept stays, also when the job that kept it ends.
    const asked = lease.id === own && lease.phase !== "kept";
    if (!asked && isLiving(lease, place, surroundings.proc, surroundings.now())) {
      if (sameTable(lease, place, identity)) living.push(lease);
    } else if (
      asked ||
      lease.place.boot !== place.boot ||
      sameTable(lease, place, identity) ||
      lease.place.user === place.user
    ) {
      gone.push(lease);
    }
    // What a dead job left in another table can only be taken back by somebody who sees that table.
  }
  return { living, gone };
}

export function isLeased(entry: LeasedEntry, leases: readonly Lease[]): boolean {
  return leases.some(({ entries }) => entries.some(({ name }) => name === entry.name));
}
