import { join } from "node:path";
import { readText } from "../files.ts";
import { type Metadata, noMetadata, type Person } from "./metadata.ts";
import { semanticVersion } from "./python-version.ts";
import { parseToml, string, strings, type Table, table, tables } from "./toml.ts";

/** What pyproject.toml says about the project: the [project] table (PyPA, "pyproject.toml specification"). */
export interface Pyproject {
  readonly metadata: Metadata;
  readonly requiresPython: string | null;
  readonly buildBackend: string | null;
  readonly python: PyprojectDetails;
}

/** What only Python's packages have. */
export interface PyprojectDetails {
  /** Text in the manifest itself; `null`: none, or in a file. */
  readonly readmeText: string | null;
  readonly readmeType: string | null;
  readonly maintainers: readonly Person[];
  readonly classifiers: readonly string[];
  /** Labels as written. */
  readonly urls: readonly { readonly label: string; readonly url: string }[];
  readonly dependencies: readonly string[];
  readonly extras: Readonly<Record<string, readonly string[]>>;
  /** Groups of names and objects; commands are the groups `console_scripts` and `gui_scripts`. */
  readonly entryPoints: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Patterns, relative to the project (PEP 639). */
  readonly licenseFiles: readonly string[];
  /** Fields that the build backend fills in, so that nobody else knows them. */
  readonly dynamic: readonly string[];
}

/** @throws UserError MA133 */
export async function readPyproject(root: string): Promise<Pyproject | null> {
  const text = await readText(join(root, "pyproject.toml"));
  if (text === null) return null;
  const document = await parseToml(text, "pyproject.toml");
  const project = table(document.project);
  const urls = Object.entries(table(project.urls)).flatMap(([label, value]) => {
    const url = string(value);
    return url === null ? [] : [{ label, url }];
  });
  const byMeaning = new Map(urls.map(({ label, url }) => [urlMeaning(label), url]));
  const version = string(project.version);
  const readme = table(project.readme);
  return {
    metadata: {
      ...noMetadata,
      name: string(project.name),
      version: version === null ? null : (semanticVersion(version) ?? version),
      description: string(project.description),
      license: string(project.license) ?? string(table(project.license).text),
      repository: byMeaning.get("source") ?? null,
      homepage: byMeaning.get("homepage") ?? null,
      documentation: byMeaning.get("documentation") ?? null,
      licenseFile: string(table(project.license).file),
      readme: string(project.readme) ?? string(readme.file),
      keywords: strings(project.keywords),
      authors: persons(project.authors),
    },
    requiresPython: string(project["requires-python"]),
    buildBackend: string(table(document["build-system"])["build-backend"]),
    python: {
      readmeText: string(readme.text),
      readmeType: string(readme["content-type"]),
      maintainers: persons(project.maintainers),
      classifiers: strings(project.classifiers),
      urls,
      dependencies: strings(project.dependencies),
      extras: lists(table(project["optional-dependencies"])),
      entryPoints: entryPoints(project),
      licenseFiles: strings(project["license-files"]),
      dynamic: strings(project.dynamic),
    },
  };
}

/** Labels that mean one thing to package indexes ("Well-known Project URLs"), compared without punctuation and case. */
export function urlMeaning(label: string): string {
  const plain = label.toLowerCase().replace(/[^a-z]/g, "");
  const meanings: Readonly<Record<string, string>> = {
    repository: "source",
    sourcecode: "source",
    github: "source",
    docs: "documentation",
  };
  return meanings[plain] ?? plain;
}

function persons(value: unknown): Person[] {
  return tables(value).flatMap((entry) => {
    const name = string(entry.name);
    const email = string(entry.email);
    return name === null && email === null ? [] : [{ name, email }];
  });
}

function lists(value: Table): Record<string, string[]> {
  return Object.fromEntries(Object.entries(value).map(([key, list]) => [key, strings(list)]));
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(table(value));
  return Object.fromEntries(
    entries.flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}

function entryPoints(project: Table): Record<string, Record<string, string>> {
  const groups = {
    console_scripts: texts(project.scripts),
    gui_scripts: texts(project["gui-scripts"]),
    ...Object.fromEntries(
      Object.entries(table(project["entry-points"])).map(([group, names]) => [group, texts(names)]),
    ),
  };
  return Object.fromEntries(
    Object.entries(groups).filter(([, names]) => Object.keys(names).length > 0),
  );
}
