import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { wildcard } from "@multiarch/patterns";
import { absent } from "./files.ts";

/** Folders with thousands of files that no pattern of a project means. */
const skipped = new Set(["node_modules", "target"]);

/** Folders below `root` that a pattern of path parts with `*` and `?` names: absolute, sorted. */
export async function expandFolders(root: string, pattern: string): Promise<string[]> {
  const found = await walk(root, parts(pattern));
  const kinds = await Promise.all(
    found.map(async (name) => (await stat(join(root, name)).catch(absent))?.isDirectory() ?? false),
  );
  return found.filter((_name, index) => kinds[index]).map((name) => join(root, name));
}

/** Plain files below `root` that a pattern with `*`, `?` and `**` names, whatever the case: relative with `/`, sorted. */
export async function expandFiles(root: string, pattern: string): Promise<string[]> {
  const found = await walk(root, parts(pattern));
  const kinds = await Promise.all(
    found.map(async (name) => (await stat(join(root, name)).catch(absent))?.isFile() ?? false),
  );
  return found.filter((_name, index) => kinds[index]);
}

function parts(pattern: string): string[] {
  const all = pattern.split("/").filter((part) => part !== "" && part !== ".");
  return all.at(-1) === "**" ? [...all, "*"] : all;
}

async function walk(root: string, pattern: readonly string[]): Promise<string[]> {
  const results = new Set<string>();
  const visit = async (folder: string, index: number): Promise<void> => {
    const part = pattern[index];
    if (part === undefined) {
      if (folder !== "") results.add(folder);
      return;
    }
    if (part === "..") return;
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(absent);
    const last = index === pattern.length - 1;
    for (const entry of entries ?? []) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory() || entry.isSymbolicLink();
      if (part === "**") {
        // Links are not followed where the depth is open: they may lead in circles.
        const hidden = entry.name.startsWith(".") || skipped.has(entry.name);
        if (entry.isDirectory() && !hidden) await visit(name, index);
        continue;
      }
      if (!matches(part, entry.name)) continue;
      if (last) results.add(name);
      else if (isFolder) await visit(name, index + 1);
    }
    if (part === "**") await visit(folder, index + 1);
  };
  await visit("", 0);
  return [...results].sort();
}

/** One part of a path against one part of a pattern, whatever the case. A leading dot must be written. */
export function matches(pattern: string, name: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  return wildcard(pattern, { ignoreCase: true })(name);
}
