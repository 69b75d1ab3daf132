import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileKind } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { type NpmSettings, prebuiltFiles } from "@multiarch/project";
import type { BuildContext, Builder, BuiltFile } from "../builder.ts";
import { executableName } from "../names.ts";
import { fillTemplates } from "../templates.ts";
import { existing } from "./existing.ts";
import { pythonPackages } from "./python-packages.ts";
import { treeFiles } from "./tree-files.ts";

/** Takes files that somebody else built. What they really are is read from their bytes afterwards, as for every builder. */
export const prebuilt: Builder = {
  async compile(context: BuildContext): Promise<BuiltFile[]> {
    const named = prebuiltFiles(context.project.config);
    if (Object.values(named).every((templates) => templates.length === 0)) {
      throw new UserError("MA305", {
        what: "the prebuilt builder does not know where the files are",
        where: context.project.configFile.path ?? "no configuration file",
        expected: 'prebuilt: { files: "out/{id}/{bin}{exe}" }',
      });
    }
    const expected = (name: string, kind: FileKind): boolean =>
      context.row.expect.some((one) => one.package === name && one.kind === kind);
    const files: BuiltFile[] = [];
    for (const { name, bins, outputs } of context.packages) {
      for (const bin of expected(name, "executable") ? bins : []) {
        const found = await findOne(context, named.commands, name, bin);
        const path = join(context.output, name, executableName(bin, context.exact));
        await copy(found, path);
        files.push({ package: name, bin, kind: "executable", path });
      }
      const addon = (outputs.npm as NpmSettings | undefined)?.addon ?? null;
      if (addon !== null && expected(name, "addon")) {
        const found = await findOne(context, named.addons, name, addon);
        const path = join(context.output, name, `${addon}.node`);
        await copy(found, path);
        files.push({ package: name, bin: addon, kind: "addon", path });
      }
      if (expected(name, "library")) files.push(...(await treeFiles(context, name, named.trees)));
    }
    files.push(...(await pythonPackages(context, named)));
    return files;
  },
};

/** A short id covers several rows of the table, whose spellings differ in some naming systems: exactly one file may exist. */
async function findOne(
  { project, target }: BuildContext,
  templates: readonly string[],
  packageName: string,
  bin: string,
): Promise<string> {
  const words = { package: packageName, bin, version: project.version };
  const candidates = fillTemplates(target, templates, words, "prebuilt.files");
  const found = await existing(project.root, candidates, (state) => state.isFile());
  const [only, second] = found;
  if (only === undefined || second !== undefined) {
    throw new UserError("MA306", {
      what: `${only === undefined ? "no" : "more than one"} prebuilt file for ${target.id}`,
      expected: `one of ${[...candidates].join(", ") || "the files that prebuilt.files would name: it has no pattern for this kind of file"}`,
      found: found.join(", ") || "none of them",
    });
  }
  return only;
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
