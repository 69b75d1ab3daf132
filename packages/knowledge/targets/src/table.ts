import { nameIn, namingSystems } from "./systems.ts";
import type { Target } from "./types.ts";

/**
 * One target in every naming system, plus its runner, glibc floor and tier. A short id shows every name that its exact
 * targets have, joined by `, `; `null`: the system has no name for it.
 */
export function targetTable(target: Target): Record<string, string | null> {
  const table: Record<string, string | null> = { id: target.id };
  const show = (key: string, values: readonly (string | null)[]): void => {
    const distinct = new Set(values.filter((value) => value !== null));
    table[key] = distinct.size === 0 ? null : [...distinct].join(", ");
  };
  for (const system of namingSystems) {
    if (system === "id" || system === "os-arch") continue;
    show(
      system,
      target.rows.map((row) => nameIn(row, system)),
    );
  }
  show(
    "wheel",
    target.rows.flatMap((row) => row.wheelTags),
  );
  show(
    "runner",
    target.rows.map(({ hosted }) => hosted.label),
  );
  show(
    "glibc-floor",
    target.rows.map((row) => row.glibcFloor),
  );
  show(
    "tier",
    target.rows.map((row) => row.tier),
  );
  return table;
}
