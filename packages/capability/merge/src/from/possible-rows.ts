import { fitsTarget } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { rows, type TargetRow } from "@multiarch/targets";

/** Exact targets that a file serves, by its bytes alone. */
export function servedRows(facts: Facts): readonly TargetRow[] {
  return rows.filter((row) => fitsTarget(facts, row).length === 0);
}

/**
 * Of the targets that a file serves, those that it was made for: a file for two processors of macOS is `darwin-universal`,
 * one for ARM 6 is not for ARM 7, though it runs there.
 */
export function closestRows(facts: Facts): readonly TargetRow[] {
  const served = servedRows(facts);
  const universal = served.filter(({ arch }) => arch === "universal");
  if (universal.length > 0) return universal;
  const sameVersion = served.filter(({ armVersion }) => armVersion === facts.armVersion);
  return facts.armVersion === null || sameVersion.length === 0 ? served : sameVersion;
}

/** The id without its ABI: targets of one family differ in the C library or the linker only. */
export function familyOf({ id, abi }: TargetRow): string {
  return abi === null ? id : id.slice(0, -abi.length - 1);
}
