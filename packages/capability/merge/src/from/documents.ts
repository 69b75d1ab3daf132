import { isLicense, type Project } from "@multiarch/project";
import { byText, type Findings, type FoundDocument } from "./found.ts";

/**
 * A project with the README and the licences that lie in the archives, as far as its own folder has none. Only what every
 * archive with a program holds, with the same bytes, is the whole project's: archives have documents about their platform.
 */
export function withDocuments(project: Project, findings: Findings): Project {
  const hasLicense = project.documents.some(isLicense);
  const hasReadme = project.documents.some((name) => !isLicense(name) && /^readme/i.test(name));
  const chosen = common(findings).filter(({ name }) =>
    isLicense(name) ? !hasLicense : !hasReadme,
  );
  if (chosen.length === 0) return project;
  const names = chosen.map(({ name }) => name);
  return {
    ...project,
    documents: [...project.documents, ...names].sort(byText),
    documentsAbove: {
      ...project.documentsAbove,
      ...Object.fromEntries(chosen.map(({ name, path }) => [name, path])),
    },
    packages: project.packages.map((one) => {
      const { archive } = one.outputs;
      // Who lists the files of the archive means that list.
      if (archive === undefined || isListed(project, one.name)) return one;
      const files = [...archive.files, ...names].sort(byText);
      return { ...one, outputs: { ...one.outputs, archive: { ...archive, files } } };
    }),
  };
}

function common({ documents, containers }: Findings): FoundDocument[] {
  const groups = new Map<string, FoundDocument[]>();
  for (const document of documents) {
    if (!containers.has(document.container)) continue;
    groups.set(document.name, [...(groups.get(document.name) ?? []), document]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const everywhere = [...containers.keys()].every((one) =>
      group.some(({ container }) => container === one),
    );
    const same = new Set(group.map(({ sha256 }) => sha256)).size === 1;
    return first !== undefined && everywhere && same ? [first] : [];
  });
}

function isListed({ config }: Project, packageName: string): boolean {
  const own = config.packages?.find(({ name }) => name === packageName)?.archive;
  return [own, config.archive].some((one) => typeof one === "object" && one.include !== undefined);
}
