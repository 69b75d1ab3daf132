import { legArtifactName } from "@multiarch/build";
import type { Leg, Plan, PlanRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { Collection, DeliveredLeg } from "./collect.ts";

export interface Chosen {
  readonly row: PlanRow;
  readonly delivered: DeliveredLeg;
}

export interface MissingTarget {
  readonly target: string;
  readonly why: string;
  readonly allowedBy: string;
}

export interface Choice {
  readonly chosen: readonly Chosen[];
  readonly missing: readonly MissingTarget[];
  /** Everything that forbids the release; empty when it may be made. */
  readonly problems: readonly UserError[];
}

/**
 * Holds the delivered legs against the plan: one leg for each row, exactly. Pure.
 * @param attempt the current attempt of the run: a leg cannot come from a later one
 */
export function chooseLegs(
  plan: Plan,
  { delivered, unusable }: Collection,
  options: { attempt: number; allowMissing: readonly string[] },
): Choice {
  const problems: UserError[] = [];
  const failures: Failure[] = [];
  const chosen: Chosen[] = [];
  const missing: MissingTarget[] = [];
  const valid: DeliveredLeg[] = [];
  for (const one of delivered) {
    const problem = foreign(plan, one, options.attempt);
    if (problem === null) valid.push(one);
    else problems.push(problem);
  }
  for (const row of plan.rows) {
    const best = highestAttempt(valid.filter(({ leg }) => leg.row === row.id));
    const conflict = differing(row, best);
    if (conflict !== null) problems.push(conflict);
    const [delivered] = best;
    const allowedBy = allowance(row, options.allowMissing);
    if (delivered?.leg.result === "ok") {
      chosen.push({ row, delivered });
      continue;
    }
    const why =
      delivered === undefined
        ? (unusable.get(row.id) ?? "no leg was delivered")
        : (delivered.leg.error?.text ?? "the leg failed without saying why");
    if (allowedBy !== null) missing.push({ target: row.target, why: firstLine(why), allowedBy });
    else if (delivered === undefined) problems.push(absent(row, why));
    else failures.push({ row, delivered, why });
  }
  problems.push(...failed(failures));
  return { chosen, missing, problems };
}

/** A leg that carries our plan's name but was made for something else is never a substitute. */
function foreign(plan: Plan, { artifact, leg }: DeliveredLeg, attempt: number): UserError | null {
  const differs = (what: string, expected: string, found: string): UserError =>
    new UserError("MA702", { what: `the leg ${artifact} ${what}`, expected, found });
  const row = plan.rows.find(({ id }) => id === leg.row);
  if (leg.plan !== plan.id) return differs("was built for another plan", plan.id, leg.plan);
  if (row === undefined) {
    const rows = plan.rows.map(({ id }) => id).join(", ");
    return differs("is of a row that the plan does not have", rows, leg.row);
  }
  // A name that the service spoilt is tried again with more digits at its end.
  const name = legArtifactName(leg);
  if (!artifact.startsWith(name)) return differs("says that it is another leg", artifact, name);
  if (leg.target !== row.target) return differs("has another target", row.target, leg.target);
  if (leg.run.attempt > attempt) {
    return differs("comes from a later attempt", `at most ${attempt}`, String(leg.run.attempt));
  }
  // Nothing of a failed leg is used, and that it was checked out wrongly may be what it has to say.
  if (leg.result === "failed") return null;
  if (leg.commit !== plan.project.commit) {
    return differs(
      "was built from another commit",
      String(plan.project.commit),
      String(leg.commit),
    );
  }
  if (leg.config !== plan.config.sha256) {
    return differs("was built with another configuration", plan.config.sha256, leg.config);
  }
  return null;
}

function highestAttempt(legs: readonly DeliveredLeg[]): DeliveredLeg[] {
  const highest = Math.max(...legs.map(({ leg }) => leg.run.attempt));
  return legs.filter(({ leg }) => leg.run.attempt === highest);
}

function differing(row: PlanRow, legs: readonly DeliveredLeg[]): UserError | null {
  const [first, ...others] = legs;
  if (first === undefined) return null;
  const other = others.find(({ leg }) => bytesOf(leg) !== bytesOf(first.leg));
  if (other === undefined) return null;
  return new UserError("MA703", {
    what: `${row.id} was delivered twice in attempt ${first.leg.run.attempt} with different bytes`,
    expected: "one leg, or equal ones",
    found: `${first.artifact} and ${other.artifact}`,
  });
}

/** What was made, without times and other facts of the run. */
function bytesOf({ result, files }: Leg): string {
  const lines = files.map(({ package: owner, path, mode, sha256 }) =>
    [owner, path, mode, sha256].join(" "),
  );
  return [result, ...lines.sort()].join("\n");
}

function allowance(row: PlanRow, allowMissing: readonly string[]): string | null {
  if (row.optional) return "optional in the configuration";
  return allowMissing.includes(row.target) ? "allow-missing" : null;
}

function absent(row: PlanRow, why: string): UserError {
  return new UserError("MA704", {
    what: `the leg of ${row.id} is missing`,
    expected: `a leg for each of the plan's rows`,
    found: why,
  });
}

interface Failure extends Chosen {
  readonly why: string;
}

/** One error for all legs that failed for the same reason: a mistake in the source is the same for every target. */
function failed(failures: readonly Failure[]): UserError[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const group = groups.get(failure.why);
    if (group === undefined) groups.set(failure.why, [failure]);
    else group.push(failure);
  }
  return [...groups].map(([why, group]) => {
    const names = group.map(({ row }) => row.id);
    const phases = new Set(group.map(({ delivered }) => delivered.leg.error?.phase ?? "unknown"));
    const artifact = group.length === 1 ? `${group[0]?.delivered.artifact}, ` : "";
    return new UserError("MA705", {
      what: `the ${names.length === 1 ? "leg" : "legs"} of ${names.join(", ")} failed`,
      where: `${artifact}phase ${[...phases].join(", ")}`,
      // Its own lines stand below this error's.
      found: why.replaceAll("\n", "\n  "),
    });
  });
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
