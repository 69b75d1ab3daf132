import { toolIdentity } from "@multiarch/contracts";
import { makePlan, type PlanRequest, type Routing } from "@multiarch/plan";
import type { Project } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { load, prebuiltProject } from "../../../../test/support/project.ts";

export const targets = ["linux-x64", "linux-arm64-gnu", "darwin-arm64"];

/** A push to main, nothing known of other machines. */
export const routing = (given: Partial<Routing> = {}): Routing => ({
  event: {
    event: "push",
    ref: "refs/heads/main",
    branch: "main",
    tag: null,
    labels: [],
    trusted: true,
  },
  named: new Map(),
  availability: async () => ({ known: false, why: "runners-token is not set" }),
  today: "2026-11-21",
  ...given,
});

/** A plan for hosted runners, of a trusted push. */
export function plan(project: Project, given: Partial<PlanRequest> = {}) {
  return makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: routing(),
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
