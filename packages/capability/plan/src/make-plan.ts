import { type Plan, type PlanRow, planId } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { type Project, settingsFor, type TargetSettings } from "@multiarch/project";
import type { Target } from "@multiarch/targets";
import { metadataFile, type PlanFile } from "./metadata.ts";
import {
  glibcFloor,
  type LocalMachine,
  type Placement,
  placeHosted,
  placeLocal,
  whyImpossible,
} from "./place.ts";

/** GitHub starts at most this many jobs from one matrix. */
const maximumRows = 256;

export interface PlanRequest {
  readonly project: Project;
  readonly targets: readonly Target[];
  /** A machine: plan for it. `hosted`: plan for GitHub's runners. */
  readonly where: "hosted" | LocalMachine;
  readonly trigger: Plan["trigger"];
  /** Facts of the event that the project cannot know. */
  readonly repositoryId: string | null;
  readonly tool: Plan["tool"];
  readonly allowEmpty?: boolean;
  /** Fewer rows than GitHub allows. */
  readonly maximumRows?: number;
}

export interface MadePlan {
  readonly plan: Plan;
  readonly files: readonly PlanFile[];
  /** Asked for, but out of this machine's reach. Always empty for hosted runners. */
  readonly unreachable: readonly { target: string; optional: boolean; why: string }[];
}

/**
 * Targets and settings become rows: where each is built, how, and why.
 * @throws UserError MA201 no rows, MA202 too many rows, MA203 two rows of one name, MA204 a target that the builder does not have
 */
export async function makePlan(request: PlanRequest): Promise<MadePlan> {
  const { project, targets, where, trigger, tool } = request;
  const rows: PlanRow[] = [];
  const unreachable: MadePlan["unreachable"][number][] = [];
  for (const target of targets) {
    const settings = settingsFor(project, target.id);
    const impossible = whyImpossible(target, project.builder);
    if (impossible !== null) {
      throw new UserError("MA204", {
        what: `${target.id} cannot be built by the builder ${project.builder}`,
        found: impossible,
      });
    }
    const glibc = glibcFloor(target, project.builder, settings.glibc);
    const placement =
      where === "hosted"
        ? placeHosted(target, project.builder, glibc)
        : placeLocal(target, project.builder, where, glibc);
    if ("unreachable" in placement) {
      const { optional } = settings;
      unreachable.push({ target: target.id, optional, why: placement.unreachable });
    } else
      rows.push({ ...makeRow(project, target, settings, placement, where === "hosted"), glibc });
  }
  checkCount(rows, unreachable, request);
  const files = await metadataFile(project);
  const withoutId: Omit<Plan, "id"> = {
    schema: "multiarch.plan/1",
    tool,
    project: {
      name: project.name,
      version: project.version,
      commit: project.commit,
      ref: project.ref,
      repository: project.repository,
      repositoryId: request.repositoryId,
      epoch: project.epoch,
    },
    trigger,
    publish: mayPublish(project, trigger),
    config: { ...project.configFile },
    packages: project.packages.map(({ name, bins, outputs }) => ({
      name,
      bins: [...bins],
      outputs: { ...outputs },
    })),
    rows: rows.sort((left, right) => (left.id < right.id ? -1 : 1)),
    derived: [],
    excluded: unreachable.map(({ target, why }) => ({ target, why })),
    files: files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    warnings: [...project.warnings, ...wheelWarnings(project, targets)],
  };
  return { plan: { ...withoutId, id: planId(withoutId) }, files, unreachable };
}

function makeRow(
  project: Project,
  target: Target,
  settings: TargetSettings,
  placement: Placement,
  hosted: boolean,
): Omit<PlanRow, "glibc"> {
  const packages = project.packages.map(({ name }) => name);
  const asked = hosted && settings.runsOn !== null ? settings.runsOn : null;
  return {
    id: target.id,
    name: target.id,
    target: target.id,
    builder: project.builder,
    runs_on: asked ?? placement.runsOn,
    // The user's own label can be any machine, so nothing is claimed about it.
    place: asked === null ? placement.place : { os: null, arch: null, kind: "self-hosted" },
    cpu: placement.cpu,
    tool: placement.tool,
    image: null,
    optional: settings.optional,
    timeout: settings.timeout,
    build: { ...settings.build },
    packages,
    expect: packages.map((name) => ({ package: name, kind: "executable" as const })),
    why: asked === null ? placement.why : "the configuration names the runner",
  };
}

function checkCount(
  rows: readonly PlanRow[],
  unreachable: MadePlan["unreachable"],
  request: Pick<PlanRequest, "allowEmpty" | "maximumRows">,
): void {
  if (rows.length === 0 && request.allowEmpty !== true) {
    throw new UserError("MA201", {
      what: "there is nothing to build: the plan has no rows",
      expected: "at least one target",
      found: unreachable.length === 0 ? "an empty list" : everyReason(unreachable),
    });
  }
  const most = Math.min(maximumRows, request.maximumRows ?? maximumRows);
  if (rows.length > most) {
    throw new UserError("MA202", {
      what: "the plan has more rows than one matrix can hold",
      expected: `at most ${most} rows`,
      found: `${rows.length} rows`,
    });
  }
  const seen = new Set<string>();
  for (const { id } of rows) {
    if (seen.has(id)) throw new UserError("MA203", { what: `two rows are called ${id}` });
    seen.add(id);
  }
}

/** A line for each reason, with the targets that it keeps out. */
function everyReason(unreachable: MadePlan["unreachable"]): string {
  const reasons = new Map<string, string[]>();
  for (const { target, why } of unreachable) {
    reasons.set(why, [...(reasons.get(why) ?? []), target]);
  }
  const lines = [...reasons].map(([why, targets]) => `    ${targets.join(", ")}: ${why}`);
  return ["every target is left out", ...lines].join("\n");
}

function mayPublish(project: Project, trigger: Plan["trigger"]): Plan["publish"] {
  if (!project.publishable) return { allowed: false, why: project.publishWhy };
  if (!trigger.trusted) return { allowed: false, why: trigger.why };
  const isRelease = trigger.event === "release" || project.ref?.startsWith("refs/tags/") === true;
  return isRelease
    ? { allowed: true, why: `${trigger.event} of ${project.ref ?? "a release"}` }
    : { allowed: false, why: `${trigger.event} is not the push of a tag` };
}

/** PyPI has no tag for some platforms: said in the plan, so that nobody waits for those wheels. */
function wheelWarnings(project: Project, targets: readonly Target[]): Plan["warnings"] {
  if (!project.packages.some(({ outputs }) => outputs.wheel !== undefined)) return [];
  return targets
    .filter(({ rows }) => rows.every(({ wheelTags }) => wheelTags.length === 0))
    .map(({ id }) => ({ code: "no-wheel", text: `${id} gets no wheel: PyPI has no tag for it` }));
}
