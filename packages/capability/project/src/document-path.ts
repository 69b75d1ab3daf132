import { join } from "node:path";
import type { Project } from "./types.ts";

/** The file behind a name of `documents` or of an archive's `files`. */
export function documentPath(
  project: Pick<Project, "root" | "documentsAbove">,
  name: string,
): string {
  return project.documentsAbove[name] ?? join(project.root, name);
}
