import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

const skipped = new Set(["node_modules", "dist", ".git", "release", "coverage", ".cache"]);

/** Every file of the project, relative, with `/`; what is built or fetched is left out. */
export function projectFiles(folder = "", ending = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (skipped.has(entry.name) || entry.name.startsWith(".multiarch-")) return [];
    if (entry.isDirectory()) return projectFiles(path, ending);
    return entry.isFile() && path.endsWith(ending) ? [path] : [];
  });
}

/** Runs one of our own scripts with the Node that runs the tests. */
export function runNode(args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}
