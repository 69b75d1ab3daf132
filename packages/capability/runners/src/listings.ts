import type { Octokit } from "@octokit/rest";
import type { RegisteredRunner } from "./types.ts";

/** A runner as the REST API lists it, or as much of it as is read. */
interface ListedRunner {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly busy: boolean;
  readonly labels: readonly { readonly name: string }[];
}

/** The most that the API gives at once; without asking it gives 30. */
const pageSize = 100;

/** Runners that are registered with the repository itself. */
export async function ofRepository(
  api: Octokit,
  owner: string,
  repo: string,
): Promise<RegisteredRunner[]> {
  const parameters = { owner, repo, per_page: pageSize };
  const listed = await api.paginate(api.actions.listSelfHostedRunnersForRepo, parameters);
  return listed.map((runner) => describe(runner, []));
}

/** Runners of the organisation, whichever repositories may use them. */
export async function ofOrganization(api: Octokit, org: string): Promise<RegisteredRunner[]> {
  const parameters = { org, per_page: pageSize };
  const listed = await api.paginate(api.actions.listSelfHostedRunnersForOrg, parameters);
  return listed.map((runner) => describe(runner, []));
}

export interface RunnerGroup {
  readonly id: number;
  readonly name: string;
}

/** Groups whose runners the repository may use. */
export async function groupsFor(api: Octokit, org: string, repo: string): Promise<RunnerGroup[]> {
  const listed = await api.paginate<RunnerGroup>("GET /orgs/{org}/actions/runner-groups", {
    org,
    visible_to_repository: repo,
    per_page: pageSize,
  });
  return listed.map(({ id, name }) => ({ id, name: fold(name) }));
}

export async function ofGroup(
  api: Octokit,
  org: string,
  { id, name }: RunnerGroup,
): Promise<RegisteredRunner[]> {
  const listed = await api.paginate<ListedRunner>(
    "GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners",
    {
      org,
      runner_group_id: id,
      per_page: pageSize,
    },
  );
  return listed.map((runner) => describe(runner, [name]));
}

function describe(
  { id, name, status, busy, labels }: ListedRunner,
  groups: readonly string[],
): RegisteredRunner {
  return {
    id,
    name,
    online: status === "online",
    busy,
    labels: [...new Set((labels ?? []).map((label) => fold(label.name)))],
    groups,
  };
}

/** The service compares labels without case, and registers them with the spaces that somebody typed. */
function fold(text: string): string {
  return text.trim().toLowerCase();
}
