import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { digest, type Facts, type Plan, serialize, toolIdentity } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { openPlan, planMadeElsewhere } from "@multiarch/plan";
import { checkPackaging } from "../check-packaging.ts";
import type { Chosen } from "../choose.ts";
import type { Merged, ReleaseOptions, ReleaseParts } from "../make-release.ts";
import { releaseInto } from "../merge.ts";
import { type Arrangement, arrange } from "./arrange.ts";
import { type ArtifactSource, fetchArtifacts } from "./artifacts.ts";
import { withDocuments } from "./documents.ts";
import { makeForeignLeg } from "./foreign-legs.ts";
import { loadForeignProject, type ProjectWishes } from "./foreign-project.ts";
import { type Findings, shown, shownFile } from "./found.ts";
import { withManifests } from "./found-manifest.ts";
import { lookInto } from "./look-into.ts";
import { searchFiles } from "./search.ts";
import { tellFindings } from "./tell.ts";

export interface ForeignRequest extends ReleaseOptions, ProjectWishes {
  /** Folders, files and patterns of either, relative to `cwd`. */
  readonly from: readonly string[];
  /** Artifacts whose files are taken too; a word of `from` that names no file here may name some. `null`: there are none. */
  readonly artifacts: ArtifactSource | null;
  readonly trigger: Plan["trigger"];
  readonly repositoryId: string | null;
}

/** A file that went into the release. */
export interface TakenFile {
  readonly target: string;
  /** Name of the command; of an addon with `.node`. */
  readonly name: string;
  /** Where it was found. */
  readonly file: string;
  readonly facts: Facts;
  readonly size: number;
}

export interface MergedForeign extends Merged {
  readonly taken: readonly TakenFile[];
  /** Nobody said which targets there should be: those that were found are the release. */
  readonly targetsAreFound: boolean;
  /** Files that nothing was made of, with the reason. */
  readonly passedOver: readonly { readonly file: string; readonly why: string }[];
}

/**
 * Files that others built become a release: what each is comes from its bytes, and from there on all is as in `merge`.
 * @throws UserError MA730 to MA740 for what was found, else as `merge` and `loadProject`
 */
export async function mergeForeign(request: ForeignRequest): Promise<MergedForeign> {
  let told: Told = { taken: [], targetsAreFound: false, passedOver: [] };
  const merged = await releaseInto(request, async (options, work) => {
    const { parts, ...rest } = await collectForeign({ ...request, ...options }, work);
    told = rest;
    return parts;
  });
  return { ...merged, ...told };
}

type Told = Pick<MergedForeign, "taken" | "targetsAreFound" | "passedOver">;

async function collectForeign(
  request: ForeignRequest,
  work: string,
): Promise<Told & { readonly parts: ReleaseParts }> {
  const { log } = request;
  const { findings, roots } = await log.group("Search", () => find(request, work));
  const loaded = await loadForeignProject({ ...request, roots, emptyFolder: join(work, "empty") });
  const arranged = arrange(findings, loaded, request);
  const project = withManifests(withDocuments(arranged.project, findings), findings);
  const made = await planMadeElsewhere(
    {
      project,
      trigger: request.trigger,
      repositoryId: request.repositoryId,
      tool: toolIdentity,
    },
    arranged.targets,
    { allowEmpty: findings.pythonPackages.length > 0 },
  );
  checkPackaging(made.plan);
  const kinds = project.packages.flatMap(({ outputs }) => Object.values(outputs).filter(Boolean));
  if (kinds.length + findings.pythonPackages.length === 0) {
    throw new UserError("MA711", {
      what: "every kind of package is left out",
      expected: "npm packages, wheels or archives",
      fix: "leave out one or two of them",
    });
  }
  tellFindings(findings, arranged, made.plan, log);
  const text = serialize(made.plan);
  const files = new Map(made.files.map(({ path, content }) => [path, content]));
  const parts: ReleaseParts = {
    fetched: openPlan({ plan: made.plan, sha256: digest(text), files }, "the plan"),
    planBytes: Buffer.from(text),
    chosen: await makeLegs(made.plan, arranged, work),
    missing: arranged.missing,
    adoptable: findings.pythonPackages.map(({ path, place }) => ({
      path,
      leg: shown(place),
      fileId: path.endsWith(".whl") ? "wheel" : "sdist",
    })),
    wheelNames: arranged.wheelNames,
  };
  const passedOver = [...findings.passedOver, ...arranged.passedOver];
  return {
    parts,
    taken: takenFiles(arranged),
    targetsAreFound: arranged.targetsAreFound,
    passedOver: passedOver.map(({ place, why }) => ({ file: shown(place), why })),
  };
}

async function find(
  { from, cwd, artifacts, log }: ForeignRequest,
  work: string,
): Promise<{ findings: Findings; roots: readonly string[] }> {
  const search = await searchFiles(from, cwd);
  const [word] = search.unmatched;
  if (artifacts === null && word !== undefined) {
    throw new UserError("MA730", {
      what: `${JSON.stringify(word)} names no file`,
      expected: "a folder, a file, or a pattern such as dist/*.tar.gz",
      where: cwd,
    });
  }
  const patterns = [...(artifacts?.patterns ?? []), ...search.unmatched];
  const fetched =
    artifacts === null
      ? []
      : await fetchArtifacts({ ...artifacts, patterns }, join(work, "artifacts"));
  const folder = join(work, "unpacked");
  const all = { ...search, files: [...search.files, ...fetched] };
  return { findings: await lookInto(all, folder, log), roots: search.roots };
}

function takenFiles({ files }: Arrangement): TakenFile[] {
  return [...files].flatMap(([target, own]) =>
    own.map(({ file, name }) => ({
      target,
      name: file.kind === "addon" ? `${name}.node` : name,
      file: shownFile(file),
      facts: file.facts,
      size: file.size,
    })),
  );
}

async function makeLegs(plan: Plan, { files }: Arrangement, work: string): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  for (const row of plan.rows) {
    const own = files.get(row.target) ?? [];
    if (own.length === 0) continue;
    const folder = join(work, "legs", row.id);
    await mkdir(folder, { recursive: true });
    const delivered = await makeForeignLeg(plan, row, own, folder);
    // Messages about a file say where it was found.
    const artifact = `${row.target} (${own.map(({ file }) => shownFile(file)).join(", ")})`;
    chosen.push({ row, delivered: { ...delivered, artifact } });
  }
  return chosen;
}
