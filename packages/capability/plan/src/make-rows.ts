import type { Plan, PlanRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { type Project, settingsFor, type TargetSettings } from "@multiarch/project";
import {
  candidatesFor,
  chooseRoute,
  type EventFacts,
  groupsAsked,
  longestPrefix,
  type Manner,
  type RunsOn,
  type Site,
  siteOf,
} from "@multiarch/routing";
import type { Availability } from "@multiarch/runners";
import type { Target } from "@multiarch/targets";
import type { ChosenTargets } from "./chosen-targets.ts";
import { expectedFiles } from "./expect.ts";
import { mannerOn } from "./manner.ts";
import {
  crossRunner,
  glibcFloor,
  type LocalMachine,
  type Placement,
  placeHosted,
  placeLocal,
  whyImpossible,
} from "./place.ts";

/** What decides where rows run that are not built on this machine. */
export interface Routing {
  readonly event: EventFacts;
  /** From the input `runner`: labels by prefix of targets. */
  readonly named: ReadonlyMap<string, RunsOn>;
  /** Asked at most once, with the groups of runners that the configuration names. */
  readonly availability: (groups: readonly string[]) => Promise<Availability>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export interface MadeRows {
  readonly rows: readonly PlanRow[];
  readonly unreachable: readonly { target: string; optional: boolean; why: string }[];
  readonly warnings: Plan["warnings"];
}

/**
 * A row for each target that can be built, and the reason for each that cannot be built on this machine.
 * @throws UserError MA204 a target that the builder does not have, MA211 to MA213 for labels whose jobs would never start
 */
export async function makeRows(
  project: Project,
  { targets, rule }: ChosenTargets,
  where: Routing | LocalMachine,
): Promise<MadeRows> {
  const rows: PlanRow[] = [];
  const unreachable: { target: string; optional: boolean; why: string }[] = [];
  const warnings: Plan["warnings"] = [];
  const taken = new Set<number>();
  for (const target of targets) {
    const settings = settingsFor(project, target.id, rule);
    const impossible =
      whyImpossible(target, project.builder) ??
      (expectedFiles(project, target).length === 0
        ? "nothing that it names is for this row"
        : null);
    if (impossible !== null) {
      throw new UserError("MA204", {
        what: `${target.id} cannot be built by the builder ${project.builder}`,
        found: impossible,
      });
    }
    const glibc = glibcFloor(target, project.builder, settings.glibc);
    const context: RowContext = { project, target, settings, glibc };
    if (!("event" in where)) {
      const placement = placeLocal(target, project.builder, where, glibc);
      if ("unreachable" in placement) {
        const { optional } = settings;
        unreachable.push({ target: target.id, optional, why: placement.unreachable });
      } else rows.push(makeRow(context, placement));
      continue;
    }
    const route = await routeRow(context, where, taken);
    warnings.push(...route.warnings);
    rows.push(makeRow(context, route));
  }
  return { rows, unreachable, warnings };
}

interface RowContext {
  readonly project: Project;
  readonly target: Target;
  readonly settings: TargetSettings;
  readonly glibc: string | null;
}

async function routeRow(
  { project, target, settings, glibc }: RowContext,
  { event, named, availability, today }: Routing,
  taken: Set<number>,
) {
  const { builder, config } = project;
  const route = await chooseRoute({
    trusted: event.trusted,
    named: namedFor(target.id, named, settings.runsOn),
    candidates: candidatesFor(target.id, config.runners ?? {}, event),
    otherwise: placeHosted(target, builder, glibc),
    manner: (site: Site, emulate: boolean): Manner | { cannot: string } =>
      mannerOn(site, target, builder, glibc, emulate),
    emulating: siteOf(crossRunner.label),
    availability: () => availability(groupsAsked(config.runners ?? {})),
    taken,
    today,
  });
  const emulated = route.cpu === "emulated" ? [emulationWarning(target, builder)] : [];
  return { ...route, warnings: [...route.warnings, ...emulated] };
}

/** The call's own word comes before that of the configuration. */
export function namedFor(
  target: string,
  lines: ReadonlyMap<string, RunsOn>,
  configured: RunsOn | null,
): { runsOn: RunsOn; from: string } | null {
  const key = longestPrefix(target, [...lines.keys()]);
  const line = key === undefined ? undefined : lines.get(key);
  if (line !== undefined) return { runsOn: line, from: "the input runner" };
  return configured === null ? null : { runsOn: configured, from: `runs-on of ${target}` };
}

function emulationWarning(target: Target, builder: string): Plan["warnings"][number] {
  return {
    code: "emulated-compile",
    text: `${target.id} is compiled under an emulator, which takes 5 to 11 times as long; a native runner for it, or a builder that crosses, is cheaper than ${builder} there`,
  };
}

function makeRow(
  { project, target, settings, glibc }: RowContext,
  placement: Omit<Placement, "runsOn"> & { readonly runsOn: RunsOn },
): PlanRow {
  const packages = project.packages.map(({ name }) => name);
  return {
    id: target.id,
    name: target.id,
    target: target.id,
    builder: project.builder,
    runs_on: asDocument(placement.runsOn),
    place: placement.place,
    cpu: placement.cpu,
    tool: placement.tool,
    image: null,
    optional: settings.optional,
    timeout: settings.timeout,
    glibc,
    build: { ...settings.build },
    packages,
    expect: expectedFiles(project, target),
    why: placement.why,
  };
}

/** As the plan holds it: copies, and no key without a value. */
export function asDocument(runsOn: RunsOn): PlanRow["runs_on"] {
  if (typeof runsOn === "string") return runsOn;
  if (!("group" in runsOn)) return [...runsOn];
  const { group, labels } = runsOn;
  if (labels === undefined) return { group };
  return { group, labels: typeof labels === "string" ? labels : [...labels] };
}
