import { basename, join } from "node:path";
import type { ReleasePackage } from "@multiarch/contracts";
import { InternalError } from "@multiarch/diagnostics";
import { buildNpmPackages } from "@multiarch/npm";
import type { NpmSettings } from "@multiarch/project";
import { packageMetadata } from "./metadata.ts";
import { asPackaged, common, type PackageContext } from "./package-context.ts";

function documentOf({ documents }: PackageContext["fetched"], name: string) {
  const content = documents.get(name);
  if (content === undefined) throw new InternalError(`the plan does not hold ${name}`);
  return { name, content };
}

/** A package for each platform, and the main one that brings the right one along. */
export async function makeNpm(
  { fetched, planPackage, binaries, folder }: PackageContext,
  settings: NpmSettings,
): Promise<ReleasePackage[]> {
  const several = fetched.plan.packages.length > 1;
  const packages = await buildNpmPackages({
    settings: {
      ...settings,
      several,
      files: settings.files.map((name) => documentOf(fetched, name)),
    },
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
