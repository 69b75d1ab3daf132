import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { checksumFile } from "@multiarch/archive";
import { digest, type PlanPackage, type ReleasePackage } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import { buildNpmPackages } from "@multiarch/npm";
import type { FetchedPlan } from "@multiarch/plan";
import type { ArchiveSettings, NpmSettings, WheelSettings } from "@multiarch/project";
import { buildWheel, wheelTags } from "@multiarch/wheel";
import { buildArchive } from "./archives.ts";
import type { ExaminedFile } from "./examine.ts";
import { packageMetadata } from "./metadata.ts";
import { deflateAll, type PreparedBinary } from "./prepared-binary.ts";

export interface MadePackages {
  readonly packages: readonly ReleasePackage[];
  /** Targets that a format has no name for, with the reason. */
  readonly notes: readonly string[];
}

/** Makes every package of the plan into `folder/npm`, `folder/wheels` and `folder/archives`. */
export async function makePackages(
  fetched: FetchedPlan,
  files: readonly ExaminedFile[],
  folder: string,
  temporaryFolder: string,
  log: Log,
): Promise<MadePackages> {
  const { plan } = fetched;
  const made: ReleasePackage[] = [];
  const notes: string[] = [];
  for (const planPackage of plan.packages) {
    const own = files.filter((file) => file.package === planPackage.name);
    const binaries = await deflateAll(own, temporaryFolder);
    const context: PackageContext = { fetched, planPackage, binaries, folder };
    const { archive, npm, wheel } = planPackage.outputs;
    if (archive !== undefined)
      made.push(...(await makeArchives(context, archive as ArchiveSettings)));
    if (wheel !== undefined)
      made.push(...(await makeWheels(context, wheel as WheelSettings, notes)));
    if (npm !== undefined) made.push(...(await makeNpm(context, npm as NpmSettings)));
  }
  made.push(...(await writeSums(plan.project.version, made, folder)));
  for (const note of notes) log.notice(note);
  checkNames(made);
  return { packages: made, notes };
}

interface PackageContext {
  readonly fetched: FetchedPlan;
  readonly planPackage: PlanPackage;
  readonly binaries: readonly PreparedBinary[];
  /** The release folder that is being made. */
  readonly folder: string;
}

function byTarget(binaries: readonly PreparedBinary[]): Map<string, PreparedBinary[]> {
  const groups = new Map<string, PreparedBinary[]>();
  for (const binary of binaries) {
    groups.set(binary.target, [...(groups.get(binary.target) ?? []), binary]);
  }
  return groups;
}

function origin(binary: PreparedBinary): ReleasePackage["from"][number] {
  return { leg: binary.row, file: binary.fileId, sha256: binary.sha256 };
}

async function makeArchives(
  { fetched, planPackage, binaries, folder }: PackageContext,
  settings: ArchiveSettings,
): Promise<ReleasePackage[]> {
  const made: ReleasePackage[] = [];
  for (const [target, group] of byTarget(binaries)) {
    const outputFolder = join(folder, "archives");
    const written = await buildArchive({
      fetched,
      planPackage,
      target,
      group,
      settings,
      outputFolder,
    });
    made.push({
      ...common(planPackage.name, "archive", basename(written.path)),
      name: basename(written.path),
      version: fetched.plan.project.version,
      target,
      file: `archives/${basename(written.path)}`,
      size: written.size,
      sha256: written.sha256,
      from: group.map(origin),
    });
  }
  return made;
}

async function makeWheels(
  { fetched, planPackage, binaries: all, folder }: PackageContext,
  settings: WheelSettings,
  notes: string[],
): Promise<ReleasePackage[]> {
  const made: ReleasePackage[] = [];
  const outputFolder = join(folder, "wheels");
  const meta = packageMetadata(fetched, planPackage.name);
  for (const [target, group] of byTarget(all)) {
    const tags = wheelTags(
      group.map(({ facts }) => facts),
      target,
    );
    if ("none" in tags) {
      notes.push(`no wheel of ${planPackage.name} for ${target}: ${tags.none}`);
      continue;
    }
    const binaries = group.map(asPackaged);
    const wheel = await buildWheel({ settings, meta, binaries, outputFolder });
    made.push({
      ...common(planPackage.name, "wheel", basename(wheel.file)),
      name: wheel.name,
      version: wheel.version,
      target,
      file: `wheels/${basename(wheel.file)}`,
      size: wheel.size,
      sha256: wheel.sha256,
      from: group.map(origin),
    });
  }
  return made;
}

async function makeNpm(
  { fetched, planPackage, binaries, folder }: PackageContext,
  settings: NpmSettings,
): Promise<ReleasePackage[]> {
  const several = fetched.plan.packages.length > 1;
  const packages = await buildNpmPackages({
    settings: { ...settings, several, files: [] },
    meta: packageMetadata(fetched, planPackage.name),
    binaries: binaries.map(asPackaged),
    outputFolder: join(folder, "npm"),
  });
  return packages.map((one) => ({
    ...common(planPackage.name, "npm", basename(one.file)),
    name: one.name,
    version: one.version,
    target: one.target,
    main: one.main,
    file: `npm/${basename(one.file)}`,
    size: one.size,
    sha256: one.sha256,
    integrity: one.integrity,
    from: [...one.from],
    to: one.to,
  }));
}

function asPackaged(binary: PreparedBinary) {
  const { row, fileId, bin, kind, target, facts, deflated, sha256 } = binary;
  return { leg: row, fileId, bin, kind, target, facts, deflated, sha256 };
}

function common(owner: string, kind: ReleasePackage["kind"], fileName: string) {
  return { id: `${kind}:${fileName}`, kind, package: owner, main: false, integrity: null, to: {} };
}

/** `SHA256SUMS` over the archives, the form that `sha256sum -c` and download tools read. */
async function writeSums(
  version: string,
  made: readonly ReleasePackage[],
  folder: string,
): Promise<ReleasePackage[]> {
  const archives = made.filter(({ kind }) => kind === "archive");
  if (archives.length === 0) return [];
  const text = checksumFile(archives.map(({ name, sha256 }) => ({ name, sha256 })));
  await mkdir(join(folder, "archives"), { recursive: true });
  const path = join(folder, "archives", "SHA256SUMS");
  await writeFile(path, text, { mode: 0o644 });
  return [
    {
      ...common(archives[0]?.package ?? "", "sums", "SHA256SUMS"),
      name: "SHA256SUMS",
      version,
      target: null,
      file: "archives/SHA256SUMS",
      size: Buffer.byteLength(text),
      sha256: digest(text),
      from: [],
    },
  ];
}

function checkNames(made: readonly ReleasePackage[]): void {
  const seen = new Map<string, ReleasePackage>();
  for (const one of made) {
    const key = one.file.toLowerCase();
    const other = seen.get(key);
    if (other !== undefined) {
      throw new UserError("MA709", {
        what: `two packages are called ${one.file}`,
        found: `${other.target ?? other.package} and ${one.target ?? one.package}`,
      });
    }
    seen.set(key, one);
  }
}
