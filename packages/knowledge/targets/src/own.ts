import { rows } from "./data/rows.ts";
import type { Target, TargetRow } from "./types.ts";

/** `linux-x64` for `linux-x64-gnu`; `null` for a system whose ids have no ABI in them. */
export function shortIdOf(row: TargetRow): string | null {
  return row.abi === null ? null : row.id.slice(0, -row.abi.length - 1);
}

const targets = new Map<string, Target>();
for (const row of rows) {
  targets.set(row.id, { id: row.id, os: row.os, arch: row.arch, short: false, rows: [row] });
}
for (const row of rows) {
  const id = shortIdOf(row);
  if (id === null) continue;
  const covered: TargetRow[] = [...(targets.get(id)?.rows ?? []), row];
  targets.set(id, { id, os: row.os, arch: row.arch, short: true, rows: covered });
}
targets.set("any", { id: "any", os: "any", arch: "any", short: false, rows: [] });

/** Our own ids: the exact ones, then the short ones, then `any`. */
export const ownIds: readonly string[] = [...targets.keys()];

/** The target with this very id, in lower case. */
export function ownTarget(id: string): Target | undefined {
  return targets.get(id);
}
