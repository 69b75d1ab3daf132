import { InternalError, UserError } from "@multiarch/diagnostics";
import { NameLedger } from "./name-ledger.ts";
import { checkEntryName, compareNames, quoteName } from "./names.ts";
import type { ArchiveEntry, WriteOptions } from "./types.ts";

/**
 * The entries in the order in which they are written. Our writers make nothing that our readers would refuse. Throws
 * `UserError` MA403 for an unsafe name, MA404 for two names that are one file somewhere.
 */
export function prepareEntries(
  out: string,
  entries: readonly ArchiveEntry[],
  options: WriteOptions,
): readonly ArchiveEntry[] {
  if (!Number.isSafeInteger(options.epoch)) throw new InternalError(`epoch ${options.epoch}`);
  const sorted =
    options.keepOrder === true
      ? entries
      : entries.toSorted((left, right) => compareNames(left.name, right.name));
  const ledger = new NameLedger();
  for (const { name, mode } of sorted) {
    const reason = checkEntryName(name);
    if (reason !== null) {
      throw new UserError("MA403", {
        what: `${quoteName(name)} cannot go into an archive: ${reason}`,
        where: out,
      });
    }
    const conflict = ledger.add(name, "file");
    if (conflict !== null) throw new UserError("MA404", { what: conflict.text, where: out });
    if (mode !== 0o755 && mode !== 0o644) throw new InternalError(`${name}: mode ${mode}`);
  }
  return sorted;
}

/** Bytes of an entry when unpacked. */
export function contentSize({ content }: ArchiveEntry): number {
  return content instanceof Uint8Array ? content.length : content.size;
}

/** Bytes that the contents of an archive take, as far as they are known before it is written. */
export function packedSizes(entries: readonly ArchiveEntry[]): number {
  const sizes = entries.map(({ content }) =>
    content instanceof Uint8Array ? content.length : content.rawSize,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
