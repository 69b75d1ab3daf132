import { copyFile, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import type { NpmSettings } from "@multiarch/project";
import { fillPlaceholders, placeholders } from "@multiarch/targets";
import type { BuildContext, Builder, BuiltFile } from "../builder.ts";
import { executableName } from "../names.ts";

/** Takes files that somebody else built. What they really are is read from their bytes afterwards, as for every builder. */
export const prebuilt: Builder = {
  async compile(context: BuildContext): Promise<BuiltFile[]> {
    const templates = context.project.config.prebuilt?.files ?? [];
    if (templates.length === 0) {
      throw new UserError("MA305", {
        what: "the prebuilt builder does not know where the files are",
        where: context.project.configFile.path ?? "no configuration file",
        expected: 'prebuilt: { files: "out/{id}/{bin}{exe}" }',
      });
    }
    const forAddons = templates.filter(isAddon);
    const forCommands = templates.filter((template) => !isAddon(template));
    const files: BuiltFile[] = [];
    for (const { name, bins, outputs } of context.packages) {
      for (const bin of bins) {
        const found = await findOne(context, forCommands, name, bin);
        const path = join(context.output, name, executableName(bin, context.exact));
        await copy(found, path);
        files.push({ package: name, bin, kind: "executable", path });
      }
      const addon = (outputs.npm as NpmSettings | undefined)?.addon ?? null;
      if (addon === null) continue;
      const found = await findOne(context, forAddons, name, addon);
      const path = join(context.output, name, `${addon}.node`);
      await copy(found, path);
      files.push({ package: name, bin: addon, kind: "addon", path });
    }
    return files;
  },
};

/** Node loads a native library only under this ending, so that no command's template can have it. */
function isAddon(template: string): boolean {
  return template.endsWith(".node");
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** A short id covers several rows of the table, whose spellings differ in some naming systems: exactly one file may exist. */
async function findOne(
  { project, target }: BuildContext,
  templates: readonly string[],
  packageName: string,
  bin: string,
): Promise<string> {
  const extra = { package: packageName, version: project.version };
  const values = target.rows.flatMap((row) =>
    [row.id, target.id].map((id) => ({
      ...placeholders(row, extra),
      ...(row.napi === null ? {} : { napi: row.napi }),
      id,
      bin,
    })),
  );
  const candidates = new Set(
    templates.flatMap((template) =>
      values.map((one) => fillPlaceholders(template, one, "prebuilt.files")),
    ),
  );
  const existing: string[] = [];
  for (const candidate of candidates) {
    const path = join(project.root, candidate);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
      throw error;
    });
    if (found?.isFile() === true) existing.push(path);
  }
  const [only, second] = existing;
  if (only === undefined || second !== undefined) {
    throw new UserError("MA306", {
      what: `${only === undefined ? "no" : "more than one"} prebuilt file for ${target.id}`,
      expected: `one of ${[...candidates].join(", ") || "the files that prebuilt.files would name: it has no pattern for this kind of file"}`,
      found: existing.join(", ") || "none of them",
    });
  }
  return only;
}
