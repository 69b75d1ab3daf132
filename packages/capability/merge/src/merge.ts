import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cleanStale, replaceFolder, withStaged } from "@multiarch/archive";
import {
  type DocumentReference,
  digest,
  type Release,
  type ReleasePackage,
  serialize,
} from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import { type FetchedPlan, fetchPlan } from "@multiarch/plan";
import { parseTarget } from "@multiarch/targets";
import type { Transport } from "@multiarch/transport";
import { type Chosen, chooseLegs, type MissingTarget } from "./choose.ts";
import { collectLegs } from "./collect.ts";
import type { ExaminedFile } from "./examine.ts";
import { lastingLeg } from "./lasting-leg.ts";
import { checkOutputFolder } from "./output-folder.ts";
import { raiseProblems } from "./problems.ts";

export interface MergeRequest {
  readonly plan: DocumentReference;
  readonly transport: Transport;
  /** The release folder; replaced as a whole or not at all. */
  readonly output: string;
  readonly attempt: number;
  /** Targets, in any spelling. */
  readonly allowMissing: readonly string[];
  readonly installTest: boolean;
  /** Asked only when something is to be installed. */
  readonly host: () => Promise<HostFacts>;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
}

export interface Merged {
  readonly release: Release;
  /** sha256 of `release.json`. */
  readonly sha256: string;
  readonly fetched: FetchedPlan;
  readonly chosen: readonly Chosen[];
}

/**
 * The exact set of legs becomes a release folder: read again from bytes, packaged, installed once, then put in place.
 * @throws UserError MA7xx; nothing is left at `output` but what was there before
 */
export async function merge(request: MergeRequest): Promise<Merged> {
  const { output, log } = request;
  const allowMissing = request.allowMissing.map((name) => parseTarget(name).id);
  await checkOutputFolder(output);
  await cleanStale(dirname(output));
  return withStaged(output, async (staged) => {
    const work = await mkdtemp(join(staged, ".work-"));
    const merged = await mergeInto({ ...request, allowMissing }, staged, work);
    await rm(work, { recursive: true, force: true });
    await replaceFolder(staged, output);
    log.info(`${merged.release.packages.length} files in ${output}`);
    return merged;
  });
}

async function mergeInto(request: MergeRequest, staged: string, work: string): Promise<Merged> {
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
  if (chosen.length === 0) {
    throw new UserError("MA711", { what: "no leg is there to release", expected: "at least one" });
  }
  // Loaded now: a merge that lacks its plan or a leg says so without having read the writers of all formats.
  const { makePackages } = await import("./make-packages.ts");
  const { files, checks } = await log.group("Files", () => examineAll(fetched, chosen, log));
  const made = await log.group("Packages", () => makePackages(fetched, files, staged, work, log));
  const legs = await keepLegs(chosen, staged);
  const installs = request.installTest
    ? await log.group("Install", async () => {
        const { testInstalls } = await import("./install.ts");
        return testInstalls({
          folder: staged,
          packages: made.packages,
          files: files.map((file) => ({ ...file })),
          host: await request.host(),
          environment: request.environment,
          temporaryFolder: join(work, "install"),
          smoke: smokeArguments(plan.config.value),
          log,
        });
      })
    : [];
  const broken = installs.find(({ status }) => status === "failed");
  if (broken !== undefined) {
    throw new UserError("MA712", {
      what: `${broken.package} does not work after ${broken.manager} installed it`,
      found: broken.why ?? "unknown",
    });
  }
  const release: Release = {
    schema: "multiarch.release/1",
    tool: plan.tool,
    plan: { id: plan.id, sha256: fetched.sha256 },
    project: plan.project,
    publish: plan.publish,
    packages: [...made.packages],
    images: [],
    order: publishOrder(made.packages),
    legs,
    missing: [...missing, ...leftOut(fetched, allowMissing)],
    checks: [...checks],
    installs,
    notes: made.notes.length === 0 ? null : made.notes.join("\n"),
  };
  const text = serialize(release);
  // The very bytes: their hash is what the release names, also where they hold fields that this version does not know.
  await copyFile(join(work, "plan", "plan.json"), join(staged, "plan.json"));
  await writeFile(join(staged, "release.json"), text);
  return { release, sha256: digest(text), fetched, chosen };
}

async function examineAll(fetched: FetchedPlan, chosen: readonly Chosen[], log: Log) {
  const { examineLeg } = await import("./examine.ts");
  const { checkAcross } = await import("@multiarch/check");
  const files: ExaminedFile[] = [];
  const checks: Release["checks"] = [];
  const problems: UserError[] = [];
  for (const one of chosen) {
    const examined = await examineLeg(fetched.plan, one);
    files.push(...examined.files);
    checks.push(...examined.checks);
    problems.push(...examined.problems);
  }
  for (const check of checkAcross(files)) {
    checks.push(check);
    if (check.level !== "error") continue;
    const { rule, file, expected, found } = check;
    problems.push(new UserError("MA708", { what: `${file} (${rule})`, expected, found }));
  }
  raiseProblems(problems, log);
  return { files, checks };
}

/** `legs/<row>/` keeps what was delivered; times and other facts of one run are left out, so that equal inputs give equal bytes. */
async function keepLegs(chosen: readonly Chosen[], staged: string): Promise<Release["legs"]> {
  const legs: Release["legs"] = [];
  for (const { row, delivered } of chosen) {
    const folder = join(staged, "legs", row.id);
    await mkdir(dirname(folder), { recursive: true });
    await rename(delivered.folder, folder);
    // Artifact stores lose modes; the leg's own word, which passed the schema, gives them back.
    for (const { path, mode } of delivered.leg.files) {
      await chmod(join(folder, path), Number.parseInt(mode, 8));
    }
    const text = serialize(lastingLeg(delivered.leg));
    await writeFile(join(folder, "leg.json"), text);
    const { attempt } = delivered.leg.run;
    legs.push({ row: row.id, attempt, sha256: digest(text), result: delivered.leg.result });
  }
  return legs;
}

/** Platform packages before the main package that pins them; everything else has no order. */
function publishOrder(packages: readonly ReleasePackage[]): string[] {
  const npm = packages.filter(({ kind }) => kind === "npm");
  return [...npm.filter(({ main }) => !main), ...npm.filter(({ main }) => main)].map(
    ({ id }) => id,
  );
}

function leftOut({ plan }: FetchedPlan, allowMissing: readonly string[]): MissingTarget[] {
  return plan.excluded.map(({ target, why }) => ({
    target,
    why,
    allowedBy: allowMissing.includes(target) ? "allow-missing" : "the plan leaves it out",
  }));
}

/** As build uses them; `null`: the project does not want its programs started. */
function smokeArguments(config: unknown): string[] | null {
  const value =
    typeof config === "object" && config !== null && "smoke" in config ? config.smoke : undefined;
  if (value === false) return null;
  return Array.isArray(value) ? value.map(String) : ["--version"];
}
