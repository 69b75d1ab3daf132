import type { PackageBins } from "../bins.ts";
import type { Locate } from "../config/issues.ts";
import type { Documents } from "../documents.ts";
import type { Config, ProjectPackage } from "../types.ts";
import { checkArchiveNames, type NameTemplate } from "./archive-names.ts";
import type { NpmDefaults } from "./npm-defaults.ts";
import { npmSettings } from "./npm-settings.ts";
import {
  archiveNamePlace,
  archiveSettings,
  type WheelDefaults,
  wheelSettings,
} from "./settings.ts";

/** What the packages of a project are made into, every default filled in. */
export async function makePackages(request: {
  readonly config: Config;
  readonly locate: Locate;
  readonly packages: readonly PackageBins[];
  readonly targets: readonly string[];
  readonly version: string;
  readonly documents: Documents;
  readonly wheelDefaults: WheelDefaults;
  readonly npmDefaults: NpmDefaults;
}): Promise<ProjectPackage[]> {
  const { config, locate, packages, documents } = request;
  const made: ProjectPackage[] = [];
  const templates: NameTemplate[] = [];
  for (const one of packages) {
    const npm = npmSettings(config, one, packages.length, request.npmDefaults, locate);
    const wheel = wheelSettings(config, one, packages.length, request.wheelDefaults, locate);
    const archive = archiveSettings(config, one);
    const files = archive === null ? [] : await documents.include(archive.request, locate);
    if (archive !== null) {
      const where = locate(archiveNamePlace(config, one));
      templates.push({ package: one.name, template: archive.name, where });
    }
    made.push({
      name: one.name,
      bins: one.bins,
      outputs: {
        ...(npm && { npm }),
        ...(wheel && { wheel }),
        ...(archive && {
          archive: { name: archive.name, include: archive.include, files, format: archive.format },
        }),
      },
    });
  }
  checkArchiveNames(templates, request.targets, request.version);
  return made;
}
