import { join } from "node:path";
import { InternalError } from "@multiarch/diagnostics";
import type { LoadOptions, Project } from "./types.ts";

/** Reads everything that is known about a project before anything is built. */
export async function loadProject(folder: string, options: LoadOptions): Promise<Project> {
  throw new InternalError(`not written yet: ${folder} ${options.configPath}`);
}

/** The file behind a name of `documents` or of an archive's `files`. */
export function documentPath(
  project: Pick<Project, "root" | "documentsAbove">,
  name: string,
): string {
  return project.documentsAbove[name] ?? join(project.root, name);
}
