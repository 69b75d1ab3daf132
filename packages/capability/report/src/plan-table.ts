import type { Plan, PlanRow } from "@multiarch/contracts";
import type { Table } from "./table.ts";

/** One line a target: where, how and why; what is composed, and what is left out and why. */
export function planTable({ rows, derived, excluded }: Plan): Table {
  return {
    headers: ["target", "where", "how", "why"],
    rows: [
      ...rows.map((row) => [row.target, describePlace(row), describeManner(row), row.why]),
      ...derived.map(({ target, from }) => [
        target,
        "merge",
        "composed",
        `of ${from.join(" and ")}`,
      ]),
      ...excluded.map(({ target, why }) => [target, "left out", "", why]),
    ],
  };
}

export function describePlace({ runs_on, place }: PlanRow): string {
  if (place.kind === "local") return place.os === null ? "elsewhere" : "this machine";
  if (typeof runs_on === "string") return runs_on;
  if (Array.isArray(runs_on)) return `[${runs_on.join(", ")}]`;
  const labels = runs_on.labels === undefined ? "" : ` ${[runs_on.labels].flat().join(", ")}`;
  return `group ${runs_on.group}${labels}`;
}

function describeManner({ cpu, tool }: PlanRow): string {
  return cpu === "emulated" ? `${tool}, emulated` : tool;
}
