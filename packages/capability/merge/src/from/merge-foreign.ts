import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { digest, type Plan, serialize, toolIdentity } from "@multiarch/contracts";
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
import { lookInto } from "./look-into.ts";
import { searchFiles } from "./search.ts";
import { tellFindings } from "./tell.ts";

export interface ForeignRequest extends ReleaseOptions, ProjectWishes {
  /** Folders, files and patterns of either, relative to `cwd`. */
  readonly from: readonly string[];
  /** Artifacts whose files are taken too. */
  readonly artifacts: ArtifactSource | null;
  readonly trigger: Plan["trigger"];
  readonly repositoryId: string | null;
}

export interface MergedForeign extends Merged {
  /** Nobody said which targets there should be: those that were found are the release. */
  readonly targetsAreFound: boolean;
  /** Files that nothing was made of, with the reason. */
  readonly passedOver: readonly { readonly file: string; readonly why: string }[];
}

/**
 * Files that others built become a release: what each is comes from its bytes, and from there on all is as in `merge`.
 * @throws UserError MA730 to MA739 for what was found, else as `merge` and `loadProject`
 */
export async function mergeForeign(request: ForeignRequest): Promise<MergedForeign> {
  let told: Pick<MergedForeign, "targetsAreFound" | "passedOver"> | undefined;
  const merged = await releaseInto(request, async (options, work) => {
    const { parts, ...rest } = await collectForeign({ ...request, ...options }, work);
    told = rest;
    return parts;
  });
  return { ...merged, targetsAreFound: false, passedOver: [], ...told };
}

async function collectForeign(request: ForeignRequest, work: string) {
  const { log } = request;
  const { findings, roots } = await log.group("Files", () => find(request, work));
  const loaded = await loadForeignProject({ ...request, roots, emptyFolder: join(work, "empty") });
  const arranged = arrange(findings, loaded, request);
  const project = withDocuments(arranged.project, findings);
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
    targetsAreFound: arranged.targetsAreFound,
    passedOver: passedOver.map(({ place, why }) => ({ file: shown(place), why })),
  };
}

async function find(
  { from, cwd, artifacts, log }: ForeignRequest,
  work: string,
): Promise<{ findings: Findings; roots: readonly string[] }> {
  const search = await searchFiles(from, cwd);
  const fetched =
    artifacts === null ? [] : await fetchArtifacts(artifacts, join(work, "artifacts"));
  const folder = join(work, "unpacked");
  const all = { ...search, files: [...search.files, ...fetched] };
  return { findings: await lookInto(all, folder, log), roots: search.roots };
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
