import { UserError } from "@multiarch/diagnostics";
import { type Entry, flagsFor, isOurs, shownFlags } from "./entry-text.ts";
import type { Lease, LeasedEntry } from "./lease.ts";
import { writeLease } from "./lease-folder.ts";
import { withLock } from "./lock.ts";
import { lockWait } from "./release.ts";
import { sweep, type Workplace } from "./sweep.ts";
import type { Emulator } from "./types.ts";

/**
 * Mounts the table where it is not, takes back what dead jobs left, and registers the emulators, all under the lock. The lease is
 * written before each change, so that a kill at any moment leaves nothing that it does not name.
 * @returns the lease as it was written last, and the emulators behind entries of our names that were there already
 */
export async function enroll(
  lease: Lease,
  emulators: readonly Emulator[],
  { version }: { readonly version: string | null },
  workplace: Workplace,
): Promise<{ readonly lease: Lease; readonly present: ReadonlyMap<string, string> }> {
  const { surroundings, table, folder } = workplace;
  const { now, kernel, log } = surroundings;
  return withLock("table", { waitMs: lockWait, now }, async () => {
    let current = lease;
    const write = async (change: Partial<Lease>): Promise<void> => {
      current = { ...current, ...change };
      await writeLease(folder, current);
    };
    const { removed, living, mounted } = await sweep(workplace, null);
    for (const name of removed) log.info(`removed ${name}, which a job that is no more had left`);
    const inherited = mounted || living.some((one) => one.mounted);
    await write({ mounted: inherited || table.identity() === null });
    if (table.identity() === null) await table.mount();
    await write({ table: table.identity() });
    checkSwitch(workplace);
    const ours = new Map(living.flatMap(({ entries }) => entries.map((one) => [one.name, one])));
    const found = new Map<string, string>();
    for (const emulator of emulators) {
      const planned = plan(emulator, kernel);
      const present = table.entry(planned.name);
      if (present === null) {
        await write({ entries: [...current.entries, planned] });
        await table.register(emulator.guest, emulator.path, flagsFor(kernel, emulator.version));
        continue;
      }
      const leased = ours.get(planned.name);
      checkUsable(present, planned, version, workplace);
      found.set(planned.name, present.interpreter);
      // What none of ours is known to have made is not ours to remove.
      if (leased !== undefined && isOurs(present, leased)) {
        await write({ entries: [...current.entries, leased] });
      }
      log.info(`${planned.name} is registered already: ${present.interpreter}`);
    }
    return { lease: current, present: found };
  });
}

function plan({ guest, path, version }: Emulator, kernel: string): LeasedEntry {
  const flags = shownFlags(flagsFor(kernel, version));
  return { name: guest.entry, interpreter: path, flags, magic: guest.magic, mask: guest.mask };
}

function checkSwitch({ table }: Workplace): void {
  if (table.enabled()) return;
  throw new UserError("MA453", {
    what: "binfmt_misc is switched off as a whole",
    expected: "enabled",
    found: "disabled",
    where: `${table.folder}/status`,
    fix: "somebody switched it off; write 1 to that file to switch it on",
  });
}

/** An entry of our name that is there already is shared, whichever emulator stands behind it, unless a version was asked for. */
function checkUsable(
  present: Entry,
  planned: LeasedEntry,
  version: string | null,
  { table }: Workplace,
): void {
  const where = `${table.folder}/${planned.name}`;
  if (version !== null && present.interpreter !== planned.interpreter) {
    throw new UserError("MA464", {
      what: `another job uses another emulator for ${planned.name}`,
      expected: planned.interpreter,
      found: present.interpreter,
      where,
    });
  }
  const usable = present.enabled && present.flags.includes("F") && present.magic === planned.magic;
  if (usable) return;
  throw new UserError("MA455", {
    what: `${planned.name} is there already and cannot be used`,
    expected: "an enabled entry with the flag F",
    found: `${present.enabled ? "enabled" : "disabled"}, flags ${present.flags}, magic ${present.magic}`,
    where,
  });
}
