import { basename, join } from "node:path";
import type { ReleasePackage } from "@multiarch/contracts";
import type { ArchiveSettings } from "@multiarch/project";
import { buildArchive } from "./archives.ts";
import { byTarget, common, executables, origin, type PackageContext } from "./package-context.ts";

/** One archive for each target. */
export async function makeArchives(
  { fetched, planPackage, binaries, folder }: PackageContext,
  settings: ArchiveSettings,
): Promise<ReleasePackage[]> {
  const made: ReleasePackage[] = [];
  for (const [target, group] of byTarget(executables(binaries))) {
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
