import type { Documents } from "../documents.ts";
import type { Metadata } from "../manifest/metadata.ts";
import { type Pyproject, urlMeaning } from "../manifest/pyproject.ts";
import type { PythonMetadata } from "../types.ts";

/** Fields that nobody can leave out: what they hold decides whether the package works. */
const decisive = [
  "dependencies",
  "optional-dependencies",
  "scripts",
  "gui-scripts",
  "entry-points",
];

export const noPythonMetadata: PythonMetadata = {
  description: null,
  license: null,
  authors: [],
  maintainers: [],
  keywords: [],
  classifiers: [],
  urls: [],
  dependencies: [],
  extras: {},
  entryPoints: {},
  readme: null,
  readmeText: null,
  readmeType: null,
};

/** Fields of `decisive` that only the build backend knows. */
export function unknownFields(pyproject: Pyproject | null): string[] {
  return (pyproject?.python.dynamic ?? []).filter((field) => decisive.includes(field));
}

/**
 * What the metadata of a wheel says, from pyproject.toml where it says something, else from the project's other manifest.
 * @returns `null` when they say nothing
 * @param own the one package of the project: dependencies and entry points cannot belong to several
 */
export async function pythonMetadata(
  pyproject: Pyproject | null,
  metadata: Metadata,
  documents: Documents,
  own: boolean,
): Promise<PythonMetadata | null> {
  const said = pyproject?.python;
  const written = pyproject?.metadata;
  const authors = written?.authors ?? [];
  const keywords = written?.keywords ?? [];
  const readme = written?.readme ?? metadata.readme;
  const document = readme === null ? null : await documents.addFile(readme, "readme");
  await documents.addLicenses(said?.licenseFiles ?? []);
  const all: PythonMetadata = {
    description: written?.description ?? null,
    license: written?.license ?? null,
    authors: authors.length > 0 ? authors : metadata.authors,
    maintainers: said?.maintainers ?? [],
    keywords: keywords.length > 0 ? keywords : metadata.keywords,
    classifiers: said?.classifiers ?? [],
    urls: urls(said?.urls ?? [], metadata),
    dependencies: own ? (said?.dependencies ?? []) : [],
    extras: own ? (said?.extras ?? {}) : {},
    entryPoints: own ? (said?.entryPoints ?? {}) : {},
    readme: document,
    readmeText: said?.readmeText ?? null,
    readmeType: said?.readmeType ?? null,
  };
  return Object.values(all).some(isSaid) ? all : null;
}

function isSaid(value: PythonMetadata[keyof PythonMetadata]): boolean {
  return typeof value === "object" && value !== null
    ? Object.keys(value).length > 0
    : value !== null;
}

function urls(
  written: readonly { label: string; url: string }[],
  { documentation }: Metadata,
): PythonMetadata["urls"] {
  const known = written.some(({ label }) => urlMeaning(label) === "documentation");
  if (known || documentation === null) return written;
  return [...written, { label: "Documentation", url: documentation }];
}
