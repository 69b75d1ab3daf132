import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { legArtifactPrefix, legDocument } from "@multiarch/build";
import { type Leg, type Plan, parseDocument } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import { planArtifactPrefix } from "@multiarch/plan";
import type { StoredItem, Transport } from "@multiarch/transport";

/** A leg as it was delivered: a document that passed its schema, in a folder with the files it names. */
export interface DeliveredLeg {
  readonly artifact: string;
  readonly folder: string;
  readonly leg: Leg;
  readonly sha256: string;
  /** Every file of the artifact, relative. */
  readonly contents: readonly string[];
}

export interface Collection {
  readonly delivered: readonly DeliveredLeg[];
  /** By row: why an artifact of that row could not be used. */
  readonly unusable: ReadonlyMap<string, string>;
}

/** `multiarch.leg.<plan>.<row>.<attempt>.<nonce>` taken apart; ids hold no dots. */
function readName(name: string): { plan: string; row: string } | null {
  const [plan, row, attempt, nonce, ...rest] = name.slice(legArtifactPrefix.length).split(".");
  const complete = attempt !== undefined && nonce !== undefined && rest.length === 0;
  return plan !== undefined && row !== undefined && complete ? { plan, row } : null;
}

/**
 * Fetches every leg of a plan, each into a folder of its own, so that two legs can never write one path.
 * @throws UserError MA701 for a leg of a plan that this run does not know
 */
export async function collectLegs(
  plan: Plan,
  transport: Transport,
  folder: string,
  log: Log,
): Promise<Collection> {
  const all = await transport.list("multiarch.");
  const items = all.filter(({ name }) => name.startsWith(legArtifactPrefix));
  const plans = new Set(
    all
      .filter(({ name }) => name.startsWith(planArtifactPrefix))
      .map(({ name }) => name.slice(planArtifactPrefix.length).split(".")[0] ?? ""),
  );
  const delivered: DeliveredLeg[] = [];
  const unusable = new Map<string, string>();
  for (const item of [...items].sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const named = readName(item.name);
    if (named === null || (named.plan !== plan.id && !plans.has(named.plan))) {
      throw strayLeg(item.name, plan);
    }
    // A second call of the workflow in one run has a plan of its own, and its legs are not ours to judge.
    if (named.plan !== plan.id) continue;
    const fetched = await fetchLeg(item, transport, join(folder, item.name), log);
    if ("why" in fetched) unusable.set(named.row, fetched.why);
    else delivered.push(fetched);
  }
  return { delivered, unusable };
}

async function fetchLeg(
  item: StoredItem,
  transport: Transport,
  folder: string,
  log: Log,
): Promise<DeliveredLeg | { why: string }> {
  const contents = await transport.get(item, folder);
  const where = `${legDocument} of artifact ${item.name}`;
  try {
    const bytes = await readFile(join(folder, legDocument));
    const parsed = parseDocument("leg", bytes, where);
    for (const path of parsed.unknown) log.notice(`${where}: unknown field ${path} is ignored`);
    const { value: leg, sha256 } = parsed;
    return { artifact: item.name, folder, leg, sha256, contents };
  } catch (error) {
    // An upload that broke leaves such an artifact; a later attempt replaces it, else the row counts as missing.
    // Another version of multiarch in one of the jobs is no accident, and no later attempt mends it.
    const foreign = error instanceof UserError && error.id === "MA902";
    const unreadable = (error instanceof UserError && !foreign) || isMissing(error);
    if (!unreadable) throw error;
    const why = `${where}: ${error instanceof Error ? error.message : String(error)}`;
    log.warning(why);
    return { why };
  }
}

function strayLeg(name: string, plan: Plan): UserError {
  return new UserError("MA701", {
    what: `the leg ${name} belongs to another plan`,
    expected: `legs of plan ${plan.id}`,
    found: name,
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
