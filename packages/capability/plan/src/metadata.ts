import { readFile } from "node:fs/promises";
import { digest, serialize } from "@multiarch/contracts";
import { documentPath, type Project } from "@multiarch/project";

/** A file that travels with the plan, because merge never sees a checkout. */
export interface PlanFile {
  /** Relative to the plan's folder. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly size: number;
  readonly sha256: string;
}

/** What packages say about the project besides its name and version. Stored as `metadata.json` beside the plan. */
export interface PackagingMetadata {
  readonly description: string | null;
  readonly license: string | null;
  readonly repository: string | null;
  readonly homepage: string | null;
  /** README and licence files, relative to the project, stored as `documents/<name>`. */
  readonly documents: readonly string[];
  /** Those of them that are licences although their names do not say so. */
  readonly licenseFiles?: readonly string[];
}

export const metadataPath = "metadata.json";
export const documentFolder = "documents";

/** Reads the project's documents and describes it: the files that merge needs besides the legs. */
export async function metadataFile(project: Project): Promise<PlanFile[]> {
  const documents = new Map<string, Uint8Array>();
  for (const name of project.documents) {
    documents.set(name, await readFile(documentPath(project, name)));
  }
  const metadata: PackagingMetadata = {
    description: project.description,
    license: project.license,
    repository: project.repository,
    homepage: project.homepage,
    documents: [...documents.keys()].sort(),
    ...(project.licenseFiles.length > 0 && { licenseFiles: project.licenseFiles }),
  };
  return [
    planFile(metadataPath, new TextEncoder().encode(serialize(metadata))),
    ...metadata.documents.map((name) =>
      planFile(`${documentFolder}/${name}`, documents.get(name) ?? new Uint8Array()),
    ),
  ];
}

function planFile(path: string, content: Uint8Array): PlanFile {
  return { path, content, size: content.byteLength, sha256: digest(content) };
}
