import type { Leg, Plan } from "@multiarch/contracts";
import { describePlace } from "./plan-table.ts";
import { formatBytes, formatDuration, type Table } from "./table.ts";

/** One line a target: where, how, why, size, glibc floor, whether it ran, time. */
export function legTable(
  plan: Plan,
  legs: readonly Leg[],
  missing: readonly { readonly target: string; readonly why: string; readonly allowedBy: string }[],
): Table {
  const planned = plan.rows.map((row) => {
    const leg = legs.find((candidate) => candidate.row === row.id);
    const absent = missing.find(({ target }) => target === row.target);
    return [row.target, describePlace(row), row.tool, row.why, ...outcome(leg, absent)];
  });
  const excluded = plan.excluded.map(({ target, why }) => [
    target,
    "left out",
    "",
    why,
    "",
    "",
    "",
    "",
  ]);
  return {
    headers: ["target", "where", "how", "why", "size", "glibc", "ran", "time"],
    rows: [...planned, ...excluded],
  };
}

function outcome(
  leg: Leg | undefined,
  absent: { readonly why: string; readonly allowedBy: string } | undefined,
): string[] {
  if (absent !== undefined) return [`missing (${absent.allowedBy})`, "", absent.why, ""];
  if (leg === undefined) return ["", "", "", ""];
  const time = formatDuration(leg.timings.reduce((sum, { ms }) => sum + ms, 0));
  if (leg.result === "failed") {
    return ["failed", "", `${leg.error?.code ?? ""} in ${leg.error?.phase ?? "?"}`, time];
  }
  const size = formatBytes(leg.files.reduce((sum, file) => sum + file.size, 0));
  return [size, describeGlibc(leg), describeSmoke(leg), time];
}

/** The highest need of the leg's files, or why there is none. */
function describeGlibc({ files }: Leg): string {
  const needs = files.flatMap(({ facts }) => (facts?.glibcMin ? [facts.glibcMin] : []));
  if (needs.length > 0) return needs.sort(compareDotted).at(-1) ?? "";
  return files.some(({ facts }) => facts?.os === "linux" && facts.static) ? "static" : "–";
}

function compareDotted(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}

function describeSmoke({ smoke }: Leg): string {
  return [
    ...new Set(
      smoke.map(({ status, where, why }) =>
        status === "not-run" ? `not run: ${why ?? "unknown"}` : `${status} (${where})`,
      ),
    ),
  ].join(", ");
}
