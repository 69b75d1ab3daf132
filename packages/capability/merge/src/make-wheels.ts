import { basename, join } from "node:path";
import type { ReleasePackage } from "@multiarch/contracts";
import type { WheelSettings } from "@multiarch/project";
import { buildWheel, wheelTags } from "@multiarch/wheel";
import { wheelMetadata } from "./metadata.ts";
import {
  asPackaged,
  byTarget,
  common,
  executables,
  origin,
  type PackageContext,
} from "./package-context.ts";

/**
 * One wheel for each target that the package index has a tag for; the others are told in `notes`.
 * @param elsewhere targets that have a wheel already, of another tool or of a package tree
 */
export async function makeWheels(
  { fetched, planPackage, binaries: all, folder }: PackageContext,
  settings: WheelSettings,
  elsewhere: ReadonlySet<string | null>,
  notes: string[],
): Promise<ReleasePackage[]> {
  const made: ReleasePackage[] = [];
  const outputFolder = join(folder, "wheels");
  const meta = wheelMetadata(fetched, planPackage.name, settings);
  for (const [target, group] of byTarget(executables(all))) {
    if (elsewhere.has(target)) continue;
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
