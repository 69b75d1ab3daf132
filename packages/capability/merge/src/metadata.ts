import type { FetchedPlan } from "@multiarch/plan";
import { isLicense, mainReadme, type WheelSettings } from "@multiarch/project";

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
    licenses: all.filter(
      ({ name: file }) => isLicense(file) || metadata.licenseFiles?.includes(file) === true,
    ),
  };
}

/** The same for a wheel, whose manifest may name another readme. */
export function wheelMetadata(fetched: FetchedPlan, name: string, { metadata }: WheelSettings) {
  const usual = packageMetadata(fetched, name);
  if (metadata === undefined) return usual;
  const { readme: document, readmeText } = metadata;
  if (readmeText !== null) {
    return { ...usual, readme: { name: "README", content: new TextEncoder().encode(readmeText) } };
  }
  const content = document === null ? undefined : fetched.documents.get(document);
  if (document === null || content === undefined) return usual;
  return { ...usual, readme: { name: document, content } };
}
