import type { FetchedPlan } from "@multiarch/plan";
import { isLicense, mainReadme } from "@multiarch/project";

/** What package formats say about a package, from the plan's own documents. */
export function packageMetadata({ plan, metadata, documents }: FetchedPlan, name: string) {
  const all = [...documents].map(([file, content]) => ({ name: file, content }));
  const readme = mainReadme(all.map((document) => document.name));
  return {
    name,
    version: plan.project.version,
    description: metadata.description,
    license: metadata.license,
    repository: metadata.repository,
    homepage: metadata.homepage,
    commit: plan.project.commit,
    epoch: plan.project.epoch,
    readme: all.find((document) => document.name === readme) ?? null,
    licenses: all.filter((document) => isLicense(document.name)),
  };
}
