import { mkdtemp, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cleanStale, replaceFolder, withStaged } from "@multiarch/archive";
import type { DocumentReference } from "@multiarch/contracts";
import { fetchPlan } from "@multiarch/plan";
import { parseTarget } from "@multiarch/targets";
import type { Transport } from "@multiarch/transport";
import { chooseLegs } from "./choose.ts";
import { collectLegs } from "./collect.ts";
import {
  type Merged,
  makeRelease,
  type ReleaseOptions,
  type ReleaseParts,
} from "./make-release.ts";
import { checkOutputFolder } from "./output-folder.ts";
import { raiseProblems } from "./problems.ts";

export interface MergeRequest extends ReleaseOptions {
  readonly plan: DocumentReference;
  readonly transport: Transport;
  readonly attempt: number;
}

/**
 * The exact set of legs becomes a release folder: read again from bytes, packaged, installed once, then put in place.
 * @throws UserError MA7xx; nothing is left at `output` but what was there before
 */
export async function merge(request: MergeRequest): Promise<Merged> {
  return releaseInto(request, (options, work) => collectParts({ ...request, ...options }, work));
}

/** Makes a release beside the folder that it is to replace, of parts that are got together there. */
export async function releaseInto(
  given: ReleaseOptions,
  collect: (options: ReleaseOptions, work: string) => Promise<ReleaseParts>,
): Promise<Merged> {
  const { output, log } = given;
  const allowMissing = given.allowMissing.map((name) => parseTarget(name).id);
  const options = { ...given, allowMissing };
  await checkOutputFolder(output);
  await cleanStale(dirname(output));
  return withStaged(output, async (staged) => {
    const work = await mkdtemp(join(staged, ".work-"));
    const merged = await makeRelease(await collect(options, work), options, staged, work);
    await rm(work, { recursive: true, force: true });
    await replaceFolder(staged, output);
    log.info(`${merged.release.packages.length} files in ${output}`);
    return merged;
  });
}

async function collectParts(request: MergeRequest, work: string): Promise<ReleaseParts> {
  const { transport, log, attempt, allowMissing } = request;
  const fetched = await log.group("Plan", () =>
    fetchPlan(request.plan, transport, join(work, "plan"), log),
  );
  const { plan } = fetched;
  const { chosen, missing } = await log.group("Legs", async () => {
    const collection = await collectLegs(plan, transport, join(work, "legs"), log);
    const choice = chooseLegs(plan, collection, { attempt, allowMissing });
    raiseProblems(choice.problems, log);
    return choice;
  });
  return { fetched, planBytes: await readFile(join(work, "plan", "plan.json")), chosen, missing };
}
