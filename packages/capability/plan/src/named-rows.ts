import type { Plan, PlanRow } from "@multiarch/contracts";
import { nearest, UserError } from "@multiarch/diagnostics";
import { type Project, settingsFor } from "@multiarch/project";
import {
  type Cells,
  candidatesFor,
  chooseRoute,
  expandNamed,
  groupsAsked,
  type Manner,
  type NamedMatrix,
  rowName,
  type Site,
  siteOf,
} from "@multiarch/routing";
import { hostedLabel, parseTarget, type TargetRow } from "@multiarch/targets";
import { asDocument, namedFor, type Routing } from "./make-rows.ts";
import { maximumRowBytes } from "./matrix.ts";
import { crossRunner } from "./place.ts";
import { checkCount, type RowLimits } from "./row-count.ts";

/** A row of a matrix of the user's own jobs: its cells, and where it runs. */
export interface NamedRow {
  readonly name: string;
  readonly runs_on: PlanRow["runs_on"];
  readonly cpu: "native" | "emulated";
  /** Minutes. */
  readonly timeout: number;
  readonly optional: boolean;
  readonly [axis: string]: unknown;
}

export interface NamedRows {
  readonly include: readonly NamedRow[];
  /** For each row in turn: why it runs there. */
  readonly reasons: readonly string[];
  /** Which rule narrowed the matrix. */
  readonly why: string;
  readonly warnings: Plan["warnings"];
}

/**
 * The rows of `matrix.<name>` in the configuration for one event. A row with a target runs where that target's programs
 * run: on a native machine, else emulated. The cell `runs-on` names a machine itself.
 * @throws UserError MA219 for a name that is not configured, MA201 to MA203 and MA205 for the rows, MA210 and MA215 to MA217
 * for the matrix, MA211 to MA213 for labels
 */
export async function planNamed(
  project: Project,
  name: string,
  routing: Routing,
  limits: RowLimits,
): Promise<NamedRows> {
  const matrices = project.config.matrix ?? {};
  const matrix = Object.hasOwn(matrices, name) ? matrices[name] : undefined;
  if (matrix === undefined) throw unknownMatrix(name, Object.keys(matrices));
  const { rows, why } = expandNamed(name, matrix as NamedMatrix, routing.event);
  const warnings: Plan["warnings"] = [];
  const include: NamedRow[] = [];
  const reasons: string[] = [];
  const taken = new Set<number>();
  for (const cells of rows) {
    const route = await routeCells(project, name, cells, routing, taken);
    warnings.push(
      ...route.warnings.filter(({ text }) => !warnings.some((one) => one.text === text)),
    );
    reasons.push(route.why);
    const target = typeof cells.target === "string" ? cells.target : "any";
    const { timeout, optional } = settingsFor(project, target);
    const { "runs-on": _machine, ...values } = cells;
    include.push({
      ...values,
      name: rowName(cells),
      runs_on: asDocument(route.runsOn),
      cpu: route.cpu,
      timeout,
      optional,
    });
  }
  checkCount(include, [], limits);
  for (const row of include) checkSize(row);
  return { include, reasons, why, warnings };
}

function routeCells(
  project: Project,
  name: string,
  cells: Cells,
  { event, named, availability, today }: Routing,
  taken: Set<number>,
) {
  const { target, "runs-on": machine } = cells;
  const asked = typeof target === "string" ? parseTarget(target) : null;
  const row = asked?.rows[0] ?? null;
  const id = asked?.id ?? "default";
  return chooseRoute({
    trusted: event.trusted,
    named:
      machine === undefined
        ? namedFor(id, named, null)
        : { runsOn: String(machine), from: `runs-on of matrix.${name}` },
    candidates: candidatesFor(id, project.config.runners ?? {}, event),
    otherwise: hostedFor(row),
    manner: (site, emulate) => runningOn(site, row, emulate),
    emulating: siteOf(crossRunner.label),
    availability: () => availability(groupsAsked(project.config.runners ?? {})),
    taken,
    today,
  });
}

function hostedFor(row: TargetRow | null): Site & Manner {
  if (row === null) {
    return { ...siteOf(crossRunner.label), cpu: "native", tool: "host", why: "hosted Linux x64" };
  }
  const { label, native } = hostedLabel(row);
  return native
    ? { ...siteOf(label), cpu: "native", tool: "host", why: `hosted runner for ${row.id}` }
    : {
        ...siteOf(crossRunner.label),
        cpu: "emulated",
        tool: "host",
        why: `no hosted runner is native for ${row.id}, so it is emulated`,
      };
}

/** Whether a machine runs the target's programs. What its labels do not tell is taken to be right. */
function runningOn(
  { place }: Site,
  row: TargetRow | null,
  emulate: boolean,
): Manner | { readonly cannot: string } {
  if (row === null) return { cpu: "native", tool: "host", why: "any machine will do" };
  if (place.os !== null && place.os !== row.os) {
    return { cannot: `it does not run programs for ${row.os}` };
  }
  if (place.arch === null || place.arch === row.arch || runsToo(place.arch, row.arch)) {
    return { cpu: "native", tool: "host", why: "native" };
  }
  return emulate
    ? { cpu: "emulated", tool: "host", why: "under an emulator" }
    : { cannot: `it is a machine for ${place.arch}` };
}

/** Kernels for x64 run 32-bit programs; not all processors of Arm still do, so those are not counted. */
function runsToo(machine: string, wanted: string): boolean {
  return machine === "x64" && wanted === "ia32";
}

function unknownMatrix(name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  return new UserError("MA219", {
    what: `there is no matrix ${name} in the configuration`,
    expected: known.length === 0 ? "a key matrix" : known.join(", "),
    found: name,
    ...(near === undefined ? {} : { fix: `write name: ${near}` }),
  });
}

function checkSize(row: NamedRow): void {
  const size = Buffer.byteLength(JSON.stringify(row));
  if (size <= maximumRowBytes) return;
  throw new UserError("MA205", {
    what: `the matrix row of ${row.name} is too large`,
    expected: `at most ${maximumRowBytes} bytes`,
    found: `${size} bytes`,
  });
}
