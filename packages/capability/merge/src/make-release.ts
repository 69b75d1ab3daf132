import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  digest,
  type Plan,
  type Release,
  type ReleasePackage,
  serialize,
} from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import type { FetchedPlan } from "@multiarch/plan";
import { adoptDelivered } from "./adopt-delivered.ts";
import type { AdoptableFile, AdoptionContext } from "./adopted.ts";
import type { Chosen, MissingTarget } from "./choose.ts";
import type { Composed } from "./compose.ts";
import type { ExaminedFile } from "./examine.ts";
import type { ExaminedTreeFile } from "./examine-python.ts";
import { lastingLeg } from "./lasting-leg.ts";
import { raiseProblems } from "./problems.ts";

/** How a release is made, wherever its files come from. */
export interface ReleaseOptions {
  /** The release folder; replaced as a whole or not at all. */
  readonly output: string;
  /** Targets, in any spelling. */
  readonly allowMissing: readonly string[];
  readonly installTest: boolean;
  /** Asked only when something is to be installed. */
  readonly host: () => Promise<HostFacts>;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** A plan, and the legs that were found for it. */
export interface ReleaseParts {
  readonly fetched: FetchedPlan;
  /** `plan.json`, byte for byte. */
  readonly planBytes: Uint8Array;
  readonly chosen: readonly Chosen[];
  readonly missing: readonly MissingTarget[];
  /** Wheels and source distributions that belong to no leg, and packages by the names that these know them by. */
  readonly adoptable?: readonly AdoptableFile[];
  readonly wheelNames?: AdoptionContext["packages"];
}

export interface Merged {
  readonly release: Release;
  /** sha256 of `release.json`. */
  readonly sha256: string;
  readonly fetched: FetchedPlan;
  readonly chosen: readonly Chosen[];
}

/**
 * Reads every file again, makes the packages, installs them once and writes the documents, all into `staged`.
 * @param work a folder for what is needed meanwhile, on the same file system
 * @throws UserError MA7xx
 */
export async function makeRelease(
  parts: ReleaseParts,
  options: ReleaseOptions,
  staged: string,
  work: string,
): Promise<Merged> {
  const { log, allowMissing } = options;
  const { fetched, planBytes, chosen, missing, adoptable = [] } = parts;
  const { plan } = fetched;
  if (chosen.length + adoptable.length === 0) {
    throw new UserError("MA711", { what: "no leg is there to release", expected: "at least one" });
  }
  // Loaded now: a merge that lacks its plan or a leg says so without having read the writers of all formats.
  const { makePackages } = await import("./make-packages.ts");
  const examined = await log.group("Files", () => examineAll(fetched, chosen, log));
  const { files: delivered, checks, trees } = examined;
  const composed = await composeAll(plan, delivered, missing, join(work, "composed"));
  const { files } = composed;
  const adopted = await log.group("Packages of other tools", () =>
    adoptDelivered(parts, examined.packages, staged, work, log),
  );
  const sources = { files, trees, adopted: adopted.packages };
  const made = await log.group("Packages", () => makePackages(fetched, sources, staged, work, log));
  const { packages } = made;
  const checked = await log.group("Labels", () =>
    checkAll(packages, adopted.packages, staged, work, log),
  );
  const legs = await keepLegs(chosen, staged);
  const installs = options.installTest
    ? await log.group("Install", async () => {
        const { testInstalls } = await import("./install.ts");
        return testInstalls({
          folder: staged,
          packages,
          files: files.map((file) => ({ ...file })),
          host: await options.host(),
          environment: options.environment,
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
    packages: packages.map((one) => ({ ...one, from: composed.origins(one.from) })),
    images: [],
    order: publishOrder(packages),
    legs,
    missing: [...missing, ...composed.missing, ...leftOut(fetched, allowMissing)],
    checks: [...checks, ...checked],
    installs,
    notes: made.notes.length === 0 ? null : made.notes.join("\n"),
  };
  const text = serialize(release);
  // The very bytes: their hash is what the release names, also where they hold fields that this version does not know.
  await writeFile(join(staged, "plan.json"), planBytes);
  await writeFile(join(staged, "release.json"), text);
  return { release, sha256: digest(text), fetched, chosen };
}

/** Loaded where something is composed; most plans compose nothing. */
async function composeAll(
  plan: Plan,
  files: readonly ExaminedFile[],
  missing: readonly MissingTarget[],
  folder: string,
): Promise<Composed> {
  if (plan.derived.length === 0) return { files, missing: [], origins: (from) => from };
  const { composeDerived } = await import("./compose.ts");
  return composeDerived(plan, files, missing, folder);
}

async function examineAll(fetched: FetchedPlan, chosen: readonly Chosen[], log: Log) {
  const { examineLeg } = await import("./examine.ts");
  const { checkAcross } = await import("@multiarch/check");
  const files: ExaminedFile[] = [];
  const packages: AdoptableFile[] = [];
  const trees: ExaminedTreeFile[] = [];
  const checks: Release["checks"] = [];
  const problems: UserError[] = [];
  for (const one of chosen) {
    const examined = await examineLeg(fetched.plan, one);
    files.push(...examined.files);
    packages.push(...examined.packages);
    trees.push(...examined.trees);
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
  return { files, packages, trees, checks };
}

/** What users will download is read again before it is put in place. */
async function checkAll(
  packages: readonly ReleasePackage[],
  told: readonly ReleasePackage[],
  folder: string,
  temporaryFolder: string,
  log: Log,
): Promise<Release["checks"]> {
  const { checkPackages } = await import("./check-packages.ts");
  const { checks, problems } = await checkPackages(packages, told, folder, temporaryFolder);
  raiseProblems(problems, log);
  return [...checks];
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
