import { type Plan, type PlanRow, planId } from "@multiarch/contracts";
import { type Project, withNpmFiles } from "@multiarch/project";
import type { EventFacts } from "@multiarch/routing";
import type { Target } from "@multiarch/targets";
import { chooseTargets } from "./chosen-targets.ts";
import { makeRows, type Routing } from "./make-rows.ts";
import { metadataFile, type PlanFile } from "./metadata.ts";
import type { LocalMachine } from "./place.ts";
import { checkCount, type RowLimits } from "./row-count.ts";

/** What every plan says of where it comes from. */
export interface PlanSource {
  readonly project: Project;
  readonly trigger: Plan["trigger"];
  /** Facts of the event that the project cannot know. */
  readonly repositoryId: string | null;
  readonly tool: Plan["tool"];
}

export interface PlanRequest extends RowLimits, PlanSource {
  readonly targets: readonly Target[];
  /** The caller named the targets, so that rules neither replace nor skip any. */
  readonly targetsAreFixed?: boolean;
  /** A machine: plan for it. Routing: plan for runners. */
  readonly where: Routing | LocalMachine;
}

export interface MadePlan {
  readonly plan: Plan;
  readonly files: readonly PlanFile[];
  /** Asked for, but out of this machine's reach. Always empty for runners. */
  readonly unreachable: readonly { target: string; optional: boolean; why: string }[];
}

/**
 * Targets and settings become rows: where each is built, how, and why. The same request gives the same plan.
 * @throws UserError MA201 to MA204 for the list of rows, MA210 for rules, MA211 to MA213 for labels, MA218 for a target that
 * is asked for twice
 */
export async function makePlan(request: PlanRequest): Promise<MadePlan> {
  const { project, targets, where, trigger } = request;
  const event = "event" in where ? where.event : localEvent(project, trigger);
  const chosen = chooseTargets(project, targets, event, request.targetsAreFixed ?? false);
  const { rows, unreachable, warnings } = await makeRows(project, chosen, where);
  const excluded = [...chosen.excluded, ...unreachable.map(({ target, why }) => ({ target, why }))];
  checkCount(rows, excluded, request);
  const made = await writePlan(request, {
    rows,
    derived: chosen.derived.map(({ target, from }) => ({ target, from: [...from] })),
    excluded,
    warnings: [...warnings, ...wheelWarnings(project, chosen.targets)],
  });
  return { ...made, unreachable };
}

/** The document of a plan whose rows are decided, and the files that travel with it. */
export async function writePlan(
  { project: loaded, trigger, repositoryId, tool }: PlanSource,
  parts: Pick<Plan, "derived" | "excluded" | "warnings"> & { readonly rows: readonly PlanRow[] },
): Promise<Pick<MadePlan, "plan" | "files">> {
  const project = await withNpmFiles(loaded);
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
      repositoryId,
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
    rows: [...parts.rows].sort((left, right) => (left.id < right.id ? -1 : 1)),
    derived: parts.derived,
    excluded: parts.excluded,
    files: files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    warnings: [...project.warnings, ...parts.warnings],
  };
  return { plan: { ...withoutId, id: planId(withoutId) }, files };
}

/** On a command line nothing happened but the call, and the checkout says what is built. */
function localEvent({ ref }: Project, { event, trusted }: Plan["trigger"]): EventFacts {
  const after = (prefix: string): string | null =>
    ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : null;
  return {
    event,
    ref,
    branch: after("refs/heads/"),
    tag: after("refs/tags/"),
    labels: [],
    trusted,
  };
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
    .filter(({ rows }) => rows.length > 0 && rows.every(({ wheelTags }) => wheelTags.length === 0))
    .map(({ id }) => ({ code: "no-wheel", text: `${id} gets no wheel: PyPI has no tag for it` }));
}
