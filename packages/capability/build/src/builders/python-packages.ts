import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PlanPackage } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { expandFiles, type PrebuiltFiles, type WheelSettings } from "@multiarch/project";
import { parseTarget, platformsOfWheel, servesTarget } from "@multiarch/targets";
import type { BuildContext, BuiltFile } from "../builder.ts";
import { fillTemplates } from "../templates.ts";

/**
 * Finished wheels and sdists for the row: of all that the patterns find, those whose platform tags are for its target. The
 * row `any` takes sdists, and wheels for every platform.
 * @throws UserError MA306 when the row was promised some and there is none
 */
export async function pythonPackages(
  context: BuildContext,
  { wheels, sdists }: PrebuiltFiles,
): Promise<BuiltFile[]> {
  const { target, row } = context;
  const files: BuiltFile[] = [];
  for (const [kind, patterns] of [
    ["wheel", wheels],
    ["sdist", sdists],
  ] as const) {
    if (patterns.length === 0 || (kind === "sdist" && target.rows.length > 0)) continue;
    const found = await findAll(context, patterns);
    const own = kind === "sdist" ? found : found.filter((name) => isFor(name, target.id));
    if (own.length === 0 && row.expect.some((one) => one.kind === kind)) {
      throw new UserError("MA306", {
        what: `no prebuilt ${kind} for ${target.id}`,
        expected: `a ${kind} that ${patterns.join(", ")} names${kind === "wheel" ? `, with platform tags of ${target.id}` : ""}`,
        found: found.map((name) => basename(name)).join(", ") || "none of them",
        fix: "build one for this target, or take the target out of targets",
      });
    }
    if (kind === "wheel") tellUnused(context, found);
    for (const name of own) files.push(await take(context, kind, name));
  }
  return files;
}

async function findAll(context: BuildContext, patterns: readonly string[]): Promise<string[]> {
  const { project, target, packages } = context;
  const found = new Set<string>();
  for (const { name } of packages) {
    const words = { package: name, bin: name, version: project.version };
    for (const pattern of fillTemplates(target, patterns, words, "prebuilt.files")) {
      for (const file of await expandFiles(project.root, pattern)) found.add(file);
    }
  }
  return [...found].sort();
}

function isFor(name: string, target: string): boolean {
  return servesTarget(platformsOfWheel(basename(name)), parseTarget(target));
}

/** Said once for the project, in its first row: a forgotten target would else drop a wheel without a word. */
function tellUnused({ project, target, log }: BuildContext, found: readonly string[]): void {
  if (project.targets[0] !== target.id) return;
  for (const name of found) {
    if (project.targets.some((id) => isFor(name, id))) continue;
    log.warning(`${name} is for none of the targets and is left out`);
  }
}

async function take(
  context: BuildContext,
  kind: "wheel" | "sdist",
  name: string,
): Promise<BuiltFile> {
  const owner = ownerOf(name, context.packages);
  const path = join(context.output, owner, basename(name));
  await mkdir(join(context.output, owner), { recursive: true });
  await copyFile(join(context.project.root, name), path);
  return { package: owner, bin: basename(name), kind, path };
}

/** The package that Python knows by the name that the file begins with. What fits none is for merge to refuse. */
function ownerOf(name: string, packages: readonly PlanPackage[]): string {
  const plain = (text: string): string => text.replace(/[-_.]+/g, "_").toLowerCase();
  const file = plain(basename(name));
  const owner = packages.find(({ name: own, outputs }) => {
    const { name: published = own } = (outputs.wheel ?? {}) as Partial<WheelSettings>;
    // Names end at a version: `tool-1.2.3`, not `tool-server-1.2.3`.
    return (
      file.startsWith(`${plain(published)}_`) && /^\d/.test(file.slice(plain(published).length + 1))
    );
  });
  return (owner ?? packages[0])?.name ?? "";
}
