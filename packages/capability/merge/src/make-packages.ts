import type { ReleasePackage } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { FetchedPlan } from "@multiarch/plan";
import type { ArchiveSettings, NpmSettings, WheelSettings } from "@multiarch/project";
import type { ExaminedFile } from "./examine.ts";
import type { ExaminedTreeFile } from "./examine-python.ts";
import { makeArchives } from "./make-archives.ts";
import { makeNpm } from "./make-npm.ts";
import { makeTreeWheels } from "./make-tree-wheels.ts";
import { makeWheels } from "./make-wheels.ts";
import type { PackageContext } from "./package-context.ts";
import { deflateAll } from "./prepared-binary.ts";
import { writeSums } from "./sums.ts";

export interface MadePackages {
  readonly packages: readonly ReleasePackage[];
  /** Targets that a format has no name for, with the reason. */
  readonly notes: readonly string[];
}

/** What packages are made of. */
export interface PackageSources {
  readonly files: readonly ExaminedFile[];
  readonly trees: readonly ExaminedTreeFile[];
  /** Packages of other tools, which are in the folder already. */
  readonly adopted: readonly ReleasePackage[];
}

/**
 * Makes every package of the plan into `folder/npm`, `folder/wheels` and `folder/archives`.
 * @returns them after the adopted ones
 */
export async function makePackages(
  fetched: FetchedPlan,
  { files, trees, adopted }: PackageSources,
  folder: string,
  temporaryFolder: string,
  log: Log,
): Promise<MadePackages> {
  const { plan } = fetched;
  const made: ReleasePackage[] = [...adopted];
  const notes: string[] = [];
  for (const planPackage of plan.packages) {
    const own = files.filter((file) => file.package === planPackage.name);
    const binaries = await deflateAll(own, temporaryFolder);
    const context: PackageContext = { fetched, planPackage, binaries, folder };
    const { archive, npm, wheel } = planPackage.outputs;
    if (archive !== undefined)
      made.push(...(await makeArchives(context, archive as ArchiveSettings)));
    if (wheel !== undefined) {
      const settings = wheel as WheelSettings;
      const mine = trees.filter((file) => file.package === planPackage.name);
      const elsewhere = new Set([
        ...adopted.filter((one) => one.package === planPackage.name).map(({ target }) => target),
        ...mine.map(({ target }) => target),
      ]);
      made.push(...(await makeWheels(context, settings, elsewhere, notes)));
      made.push(...(await makeTreeWheels({ ...context, trees: mine, temporaryFolder }, settings)));
    }
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
