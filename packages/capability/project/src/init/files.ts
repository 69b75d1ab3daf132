import { InternalError } from "@multiarch/diagnostics";
import type { Project } from "../types.ts";

export interface InitFile {
  /** Relative to the repository's folder, or to the project's where there is no repository. */
  readonly path: string;
  readonly content: string;
}

/** The files that make a repository release this project: the workflow, and multiarch.yml if something must be said. */
export function initFiles(project: Project): InitFile[] {
  throw new InternalError(`not written yet: ${project.name}`);
}

/**
 * Writes the files that are not there yet. Nothing is written when one of them exists with other content.
 * @throws UserError MA1xx naming the file that differs
 */
export async function writeInitFiles(
  project: Project,
  files: readonly InitFile[],
): Promise<{ path: string; status: "written" | "unchanged" }[]> {
  throw new InternalError(`not written yet: ${project.name} ${files.length}`);
}
