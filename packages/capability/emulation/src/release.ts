import { leaseIdShape } from "./lease.ts";
import { leaseFolder } from "./lease-folder.ts";
import { withLock } from "./lock.ts";
import { findPrivilege } from "./privilege.ts";
import { placeOf } from "./processes.ts";
import { sweep, type Workplace } from "./sweep.ts";
import { kernelTable } from "./table.ts";
import type { Surroundings } from "./types.ts";

/** How long a step waits for others that register: each takes a fraction of a second. Milliseconds. */
export const lockWait = 60_000;

/** Opens what all steps that touch the table work with. */
export async function openWorkplace(surroundings: Surroundings): Promise<Workplace> {
  const privilege = await findPrivilege(surroundings);
  const folder = await leaseFolder(surroundings, privilege);
  const table = kernelTable(surroundings, privilege);
  return { surroundings, privilege, folder, table, place: placeOf(surroundings.proc) };
}

/**
 * Ends a lease: removes exactly the entries that it holds and nobody else relies on, and what dead jobs left. May be called again, and
 * for a lease that is gone already. `id` may come from anywhere: what has not the shape of a lease is refused.
 * @returns the names of the entries that were removed
 * @throws UserError MA454, MA461, MA465
 */
export async function releaseEmulation(id: string, surroundings: Surroundings): Promise<string[]> {
  if (!leaseIdShape.test(id)) return [];
  return release(id, await openWorkplace(surroundings));
}

export async function release(id: string, workplace: Workplace): Promise<string[]> {
  const { surroundings, table } = workplace;
  return withLock("table", { waitMs: lockWait, now: surroundings.now }, async () => {
    const { removed, living, mounted } = await sweep(workplace, id);
    const empty = table.identity() !== null && table.names().length === 0 && table.enabled();
    if (mounted && empty && living.length === 0) await table.unmount();
    return [...removed];
  });
}
