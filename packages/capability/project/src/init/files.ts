import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { defaultConfigName } from "../config/file.ts";
import { absent, insideName } from "../files.ts";
import type { Project } from "../types.ts";

export interface InitFile {
  /** Relative to the repository's folder, or to the project's where there is no repository. */
  readonly path: string;
  readonly content: string;
}

const workflow = "org/multiarch/.github/workflows/build.yml@v1";

/**
 * The files that make a repository release this project: the workflow of seven lines, and multiarch.yml if the project was
 * loaded with settings that no file holds yet. The same project always gives the same files.
 */
export function initFiles(project: Project): InitFile[] {
  const folder = projectFolder(project);
  const lines = [
    "name: release",
    'on: { push: { tags: ["v*"] }, pull_request: {} }',
    "permissions: {}",
    "jobs:",
    "  release:",
    `    uses: ${workflow}`,
    ...(folder === "" ? [] : [`    with: { working-directory: ${JSON.stringify(folder)} }`]),
    "    permissions: { contents: read, actions: read }",
  ];
  const files = [{ path: ".github/workflows/release.yml", content: `${lines.join("\n")}\n` }];
  if (!project.overridden) return files;
  // JSON is YAML: what was asked for by flags is written down key by key.
  const settings = Object.entries(project.config);
  const content = settings.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join("");
  const name = project.configFile.path ?? defaultConfigName;
  const path = folder === "" ? name : `${folder}/${name}`;
  return [...files, { path, content }];
}

/**
 * Writes the files that are not there yet. Nothing at all is written when one of them exists with other content.
 * @throws UserError MA150 naming the file that differs, MA411 when the place cannot be written
 */
export async function writeInitFiles(
  project: Project,
  files: readonly InitFile[],
): Promise<{ path: string; status: "written" | "unchanged" }[]> {
  const base = project.repositoryRoot ?? project.root;
  const results: { path: string; status: "written" | "unchanged" }[] = [];
  for (const { path, content } of files) {
    const existing = await readFile(join(base, path), "utf8").catch(absent);
    if (existing !== null && existing.replaceAll("\r\n", "\n") !== content) {
      throw new UserError("MA150", {
        what: `${path} exists with other content`,
        where: join(base, path),
        expected: "no such file, or the one that would be written",
      });
    }
    results.push({ path, status: existing === null ? "written" : "unchanged" });
  }
  for (const [index, { path, content }] of files.entries()) {
    if (results[index]?.status !== "written") continue;
    try {
      await mkdir(dirname(join(base, path)), { recursive: true });
      // Another process may have been quicker: then its file stays.
      await writeFile(join(base, path), content, { flag: "wx" });
    } catch (error) {
      const { explainWriteError } = await import("@multiarch/archive");
      throw await explainWriteError(error, dirname(join(base, path)));
    }
  }
  return results;
}

/** The project's folder as seen from the repository, `""` when they are one. */
function projectFolder({ root, repositoryRoot }: Project): string {
  return repositoryRoot === null ? "" : (insideName(repositoryRoot, root) ?? "");
}
