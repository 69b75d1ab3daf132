import type { ReleasePackage } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { FetchedPlan } from "@multiarch/plan";
import type { ArchiveSettings, NpmSettings, WheelSettings } from "@multiarch/project";
import type { ExaminedFile } from "./examine.ts";
import { makeArchives } from "./make-archives.ts";
import { makeNpm } from "./make-npm.ts";
import { makeWheels } from "./make-wheels.ts";
import type { PackageContext } from "./package-context.ts";
import { deflateAll } from "./prepared-binary.ts";
import { writeSums } from "./sums.ts";

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
