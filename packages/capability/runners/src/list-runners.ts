import type { Log } from "@multiarch/diagnostics";
import type { RunContext } from "@multiarch/github";
import { type Clock, systemClock } from "./clock.ts";
import { groupsFor, ofGroup, ofOrganization, ofRepository } from "./listings.ts";
import { type Answer, Questions } from "./questions.ts";
import type { Availability, RegisteredRunner } from "./types.ts";
import { fetchWhole } from "./whole-answers.ts";

export interface RunnersRequest {
  /** `null` or empty: none was given, as in runs of forks and of Dependabot. The token of the run itself may never read runners. */
  readonly token: string | null;
  /** Where the API is, and whose runners are asked for. */
  readonly context: Pick<RunContext, "apiUrl" | "repository">;
  /** Names of groups that somebody asks for; the others are not looked at. Lower case. */
  readonly groups: readonly string[];
  readonly log: Log;
  readonly clock?: Clock;
}

/**
 * Every self-hosted runner that the token can see: those of the repository, of its organisation, and of the wanted groups.
 * Whatever goes wrong is an answer with a reason, never an error. Takes at most 30 seconds.
 */
export async function listRunners({
  token,
  context,
  groups,
  log,
  clock = systemClock,
}: RunnersRequest): Promise<Availability> {
  if (token === null || token === "") return { known: false, why: "runners-token is not set" };
  const [owner, repo] = (context.repository ?? "").split("/");
  if (!owner || !repo) return { known: false, why: "the repository is not known" };
  // Loaded here: most plans ask for no runner, and the client is larger than all of planning.
  const { Octokit } = await import("@octokit/rest");
  const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  // A client for each question: what Octokit reads page by page takes no signal that could end it.
  const connect = (signal: AbortSignal) =>
    new Octokit({
      auth: token,
      baseUrl: context.apiUrl,
      log: quiet,
      request: { fetch: fetchWhole.bind(null, signal) },
    });
  const questions = new Questions(clock);
  const answers: Answer<RegisteredRunner[]>[] = [
    await questions.ask((signal) => ofRepository(connect(signal), owner, repo)),
    await questions.ask((signal) => ofOrganization(connect(signal), owner)),
  ];
  if (groups.length > 0) {
    const visible = await questions.ask((signal) => groupsFor(connect(signal), owner, repo));
    if (!("value" in visible)) answers.push(visible);
    else {
      for (const group of visible.value.filter(({ name }) => groups.includes(name))) {
        answers.push(await questions.ask((signal) => ofGroup(connect(signal), owner, group)));
      }
    }
  }
  const found = answers.flatMap((answer) => ("value" in answer ? answer.value : []));
  const failures = answers.flatMap((answer) => ("why" in answer ? [answer.why] : []));
  for (const why of failures) log.debug(`self-hosted runners: ${why}`);
  const [first] = failures;
  // One listing is enough to know something: a personal account has no organisation, and many tokens see one of the two.
  return failures.length === answers.length && first !== undefined
    ? { known: false, why: `runners cannot be listed: ${first}` }
    : { known: true, runners: joined(found) };
}

/** A runner that was found in several listings is one runner, of all the groups. */
function joined(found: readonly RegisteredRunner[]): RegisteredRunner[] {
  const byId = new Map<number, RegisteredRunner>();
  for (const runner of found) {
    const known = byId.get(runner.id);
    const groups = [...new Set([...(known?.groups ?? []), ...runner.groups])];
    byId.set(runner.id, { ...runner, groups });
  }
  return [...byId.values()].sort((left, right) => left.id - right.id);
}

function ignore(): void {}
