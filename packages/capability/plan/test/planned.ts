import { toolIdentity } from "@multiarch/contracts";
import { makePlan, type PlanRequest } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { load, prebuiltProject } from "../../../../test/support/project.ts";

export const targets = ["linux-x64", "linux-arm64-gnu", "darwin-arm64"];

/** A plan for hosted runners, of a trusted push. */
export function plan(project: Project, given: Partial<PlanRequest> = {}) {
  return makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: "hosted",
    trigger: { event: "push", trusted: true, why: "push needs write access" },
    repositoryId: "42",
    tool: toolIdentity,
    ...given,
  });
}

/** A prebuilt project with these settings, for `targets` unless told otherwise. */
export const project = async (
  config: Record<string, unknown> = {},
  list: object[] | string[] = targets,
) => load(await prebuiltProject({ targets: list as string[], config }));
