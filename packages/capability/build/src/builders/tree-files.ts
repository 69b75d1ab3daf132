import { copyFile, lstat, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkEntryName } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import type { BuildContext, BuiltFile } from "../builder.ts";
import { fillTemplates } from "../templates.ts";
import { treePath } from "../tree-path.ts";
import { existing } from "./existing.ts";

/** What running Python, and looking at folders, leaves behind. */
const leftovers = /^(?:__pycache__|\.DS_Store|.*\.py[co])$/;

/**
 * Every file of the package trees of a row, one tree for each template.
 * @throws UserError MA306 a tree that is not there or not the only one, MA309 a file that no package can hold
 */
export async function treeFiles(
  context: BuildContext,
  packageName: string,
  templates: readonly string[],
): Promise<BuiltFile[]> {
  const files: BuiltFile[] = [];
  for (const [index, template] of templates.entries()) {
    const root = await findTree(context, packageName, template);
    const names = await listTree(root, "");
    for (const name of names) {
      const path = join(context.output, packageName, treePath(index, name));
      await mkdir(dirname(path), { recursive: true });
      await copyFile(join(root, name), path);
      files.push({ package: packageName, bin: name, kind: "other", path, tree: index });
    }
  }
  return files;
}

async function findTree(
  { project, target }: BuildContext,
  packageName: string,
  template: string,
): Promise<string> {
  const words = { package: packageName, bin: packageName, version: project.version };
  const candidates = fillTemplates(target, [template], words, "prebuilt.tree");
  const found = await existing(project.root, candidates, (state) => state.isDirectory());
  const [only, second] = found;
  if (only === undefined || second !== undefined) {
    throw new UserError("MA306", {
      what: `${only === undefined ? "no" : "more than one"} package tree for ${target.id}`,
      expected: `one of the folders ${[...candidates].join(", ")}`,
      found: found.join(", ") || "none of them",
      fix: "put exactly one folder where prebuilt.tree points",
    });
  }
  return only;
}

/** Names of the files in a tree with `/`, sorted. Links are refused: a wheel cannot hold one. */
async function listTree(root: string, folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of (await readdir(join(root, folder))).sort()) {
    if (leftovers.test(entry)) continue;
    const name = folder === "" ? entry : `${folder}/${entry}`;
    const state = await lstat(join(root, name));
    if (state.isDirectory()) {
      names.push(...(await listTree(root, name)));
      continue;
    }
    const reason = state.isFile() ? checkEntryName(name) : "it is no plain file";
    if (reason !== null) {
      throw new UserError("MA309", {
        what: `${name} cannot be part of a wheel: ${reason}`,
        where: root,
        expected: "plain files with names that every system can hold",
        found: name,
      });
    }
    names.push(name);
  }
  return names;
}
