import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Deeper folders are taken for a loop of links. */
const maximumDepth = 64;
/** Somebody else's, and huge. */
const leftOut: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** The files below a folder, by relative names with `/`, sorted. Links to files count, links to folders do not. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  await walk(folder, "", 0, found);
  return found;
}

async function walk(folder: string, prefix: string, depth: number, found: string[]): Promise<void> {
  if (depth > maximumDepth) return;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (leftOut.has(entry.name)) continue;
      await walk(path, `${prefix}${entry.name}/`, depth + 1, found);
    } else if (await isFile(path, entry)) {
      found.push(`${prefix}${entry.name}`);
    }
  }
}

async function isFile(path: string, entry: Dirent): Promise<boolean> {
  if (entry.isFile()) return true;
  return entry.isSymbolicLink() && (await kindAt(path)) === "file";
}

/** How a file system says that there is nothing. Windows calls a name with `*` or `?` invalid. */
const absences: readonly string[] = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EINVAL"];

/** What is at a path, links followed; `null`: nothing. */
export async function kindAt(path: string): Promise<"file" | "folder" | "special" | null> {
  try {
    const found = await stat(path);
    if (found.isFile()) return "file";
    return found.isDirectory() ? "folder" : "special";
  } catch (error) {
    if (absences.includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
