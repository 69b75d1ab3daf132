import type { FetchedPlan } from "@multiarch/plan";

/** What package formats say about a package, from the plan's own documents. */
export function packageMetadata({ plan, metadata, documents }: FetchedPlan, name: string) {
  const all = [...documents].map(([file, content]) => ({ name: file, content }));
  return {
    name,
    version: plan.project.version,
    description: metadata.description,
    license: metadata.license,
    repository: metadata.repository,
    homepage: metadata.homepage,
    epoch: plan.project.epoch,
    readme: all.find((document) => isReadme(document.name)) ?? null,
    licenses: all.filter((document) => !isReadme(document.name)),
  };
}

function isReadme(name: string): boolean {
  return /^readme/i.test(name);
}
