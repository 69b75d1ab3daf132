import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { Documents } from "../documents.ts";
import type { NpmSettings, Project } from "../types.ts";

/** As much as one document of a plan may hold. */
const largest = 8 * 1024 * 1024;

/**
 * Replaces the patterns of `npm.files` by the names of the files that they match now, and makes these travel with the plan.
 * Done when a plan is made and not when a project is loaded: jobs that build one target do not have what another job makes.
 * @throws UserError MA135 for a pattern of the user's that matches nothing, and for a file that is too large
 */
export async function withNpmFiles(project: Project): Promise<Project> {
  const documents = new Documents(project.root, []);
  const names = new Set<string>();
  const packages: Project["packages"][number][] = [];
  for (const one of project.packages) {
    const { npm } = one.outputs;
    if (npm === undefined || npm.files.length === 0) {
      packages.push(one);
      continue;
    }
    const files = await namesOf(npm, one.bins, documents, project);
    for (const name of files) names.add(name);
    packages.push({ ...one, outputs: { ...one.outputs, npm: { ...npm, files } } });
  }
  if (names.size === 0 && packages.every((one, index) => one === project.packages[index])) {
    return project;
  }
  await checkFiles(project.root, names);
  return {
    ...project,
    packages,
    documents: [...new Set([...project.documents, ...names])].sort(),
    warnings: [...project.warnings, ...documents.result().warnings],
  };
}

async function namesOf(
  npm: NpmSettings,
  bins: readonly string[],
  documents: Documents,
  project: Project,
): Promise<string[]> {
  const asked = npm.filesFrom !== "package.json";
  const names = new Set<string>();
  for (const written of npm.files) {
    const pattern = written.replace(/^(?:\.?\/)+|\/+$/g, "");
    // What npm's own list takes out again would have to be a pattern of its own here.
    if (pattern === "" || (!asked && pattern.startsWith("!"))) continue;
    const found = [
      ...(await include(documents, pattern)),
      // A folder stands for all that is in it, as in package.json.
      ...(await include(documents, `${pattern}/**`)),
    ];
    if (found.length === 0 && asked) {
      throw new UserError("MA135", {
        what: `the pattern ${written} of npm.files matches no file`,
        expected: `a file below ${project.root}`,
        fix: "build the files before the plan is made, or remove the pattern",
      });
    }
    for (const name of found) if (asked || !isOurs(name, npm, bins)) names.add(name);
  }
  return [...names].sort();
}

function include(documents: Documents, pattern: string): Promise<string[]> {
  return documents.include({ patterns: [pattern], path: null }, () => "npm.files");
}

/** package.json lists what npm would pack: ours take the place of what the project made for the same purpose. */
function isOurs(name: string, { addon }: NpmSettings, bins: readonly string[]): boolean {
  const file = name.toLowerCase();
  if (file === "package.json" || file.endsWith(".node")) return true;
  if (bins.length > 0 && file.startsWith("bin/")) return true;
  return addon !== null && [".js", ".cjs"].some((ending) => file === addon.toLowerCase() + ending);
}

/** The files travel through archives and over disks of other systems before they are packaged. */
async function checkFiles(root: string, names: ReadonlySet<string>): Promise<void> {
  const { checkEntryName } = await import("@multiarch/archive");
  const bad = unfitName(names, checkEntryName);
  if (bad !== null) {
    throw unfit(`${bad.name} cannot be packaged everywhere: ${bad.why}`, bad.name);
  }
  for (const name of names) {
    const { size } = await stat(join(root, name));
    if (size > largest) {
      throw unfit(`${name} is too large to travel with the plan`, `${size} bytes`, largest);
    }
  }
}

/** The first name that some system would not take, or would take for another one. @param check `null` for a fine name */
export function unfitName(
  names: Iterable<string>,
  check: (name: string) => string | null,
): { readonly name: string; readonly why: string } | null {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    const why = other === undefined ? check(name) : `it differs from ${other} only in capitals`;
    if (why !== null) return { name, why };
    seen.set(name.toLowerCase(), name);
  }
  return null;
}

function unfit(what: string, found: string, most?: number): UserError {
  return new UserError("MA135", {
    what,
    ...(most === undefined ? {} : { expected: `at most ${most} bytes` }),
    found,
    fix: "leave it out of npm.files, or rename it",
  });
}
