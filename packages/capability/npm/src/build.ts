import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveEntry, writeTarGz } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { renderLauncher, renderTypes } from "./launcher.ts";
import { destination, mainManifest, platformManifest } from "./manifest.ts";
import { planNpmNames, tarballName } from "./names.ts";
import type {
  NpmPackage,
  NpmPlan,
  NpmSettings,
  PackagedBinary,
  PackageFile,
  PackageMeta,
  PlannedPlatform,
} from "./types.ts";

export interface NpmRequest {
  readonly settings: NpmSettings;
  readonly meta: PackageMeta;
  /** Every executable of the package, for every target. */
  readonly binaries: readonly PackagedBinary[];
  /** Made if it does not exist; files of the same names are replaced. */
  readonly outputFolder: string;
}

/**
 * Writes every npm package of one project package, in publish order: platform packages by name, the main one last,
 * so that nobody can install the main package before what it needs exists.
 * @throws UserError MA801 to MA806, see `planNpmNames`; MA806 for a file that clashes with one of ours
 */
export async function buildNpmPackages(request: NpmRequest): Promise<NpmPackage[]> {
  const { settings, meta, binaries, outputFolder } = request;
  const plan = planNpmNames(settings, meta, binaries);
  await mkdir(outputFolder, { recursive: true });
  const packages: NpmPackage[] = [];
  for (const platform of plan.platforms) {
    packages.push(
      await write(request, {
        name: platform.name,
        target: platform.targets[0] ?? null,
        main: false,
        from: source(platform.sources),
        entries: platformEntries(platform, plan, settings, meta),
      }),
    );
  }
  packages.push(
    await write(request, {
      name: plan.main.name,
      target: null,
      main: true,
      from: [],
      entries: mainEntries(plan, settings, meta),
    }),
  );
  return packages;
}

interface Unwritten {
  readonly name: string;
  readonly target: string | null;
  readonly main: boolean;
  readonly from: NpmPackage["from"];
  readonly entries: readonly ArchiveEntry[];
}

async function write(
  { settings, meta, outputFolder }: NpmRequest,
  { entries, ...about }: Unwritten,
): Promise<NpmPackage> {
  const { version, epoch } = meta;
  const out = join(outputFolder, tarballName(about.name, version));
  const { path, size, sha256, integrity } = await writeTarGz(out, entries, { epoch });
  const to = destination(about.name, settings, version);
  return { ...about, version, file: path, size, sha256, integrity, to };
}

function source(binaries: readonly PackagedBinary[]): NpmPackage["from"] {
  return binaries.map(({ leg, fileId, sha256 }) => ({ leg, file: fileId, sha256 }));
}

function platformEntries(
  platform: PlannedPlatform,
  plan: NpmPlan,
  settings: NpmSettings,
  meta: PackageMeta,
): ArchiveEntry[] {
  const ending = platform.os === "win32" ? ".exe" : "";
  return [
    text("package.json", platformManifest(platform, plan.main.name, settings, meta)),
    text("README.md", platformReadme(platform, plan)),
    ...documents(meta.licenses, new Set(["package.json", "readme.md", "bin"])),
    // The mode must be right in the tarball: no package manager mends it everywhere.
    ...platform.binaries.map(
      ({ bin, deflated }): ArchiveEntry => ({
        name: `package/bin/${bin}${ending}`,
        mode: 0o755,
        content: deflated,
      }),
    ),
  ];
}

function mainEntries(plan: NpmPlan, settings: NpmSettings, meta: PackageMeta): ArchiveEntry[] {
  const readme = meta.readme ?? { name: "README.md", content: encode(mainReadme(plan, meta)) };
  const own = new Set(["package.json", "index.js", "index.d.ts", "bin"]);
  return [
    text("package.json", mainManifest(plan, settings, meta)),
    text("index.js", renderLauncher(plan, meta.version)),
    text("index.d.ts", renderTypes(plan)),
    ...documents([readme, ...meta.licenses, ...settings.files], own),
    ...plan.main.bins.map(
      (bin): ArchiveEntry => ({
        name: `package/bin/${bin}.js`,
        mode: 0o755,
        content: encode(renderLauncher(plan, meta.version, bin)),
      }),
    ),
  ];
}

/** Files of the project. `taken` are names of ours; on some disks names that differ only in case are one file. */
function documents(files: readonly PackageFile[], taken: Set<string>): ArchiveEntry[] {
  return files.map(({ name, content }) => {
    const [top = ""] = name.toLowerCase().split("/");
    const key = taken.has(top) ? top : name.toLowerCase();
    if (taken.has(key)) {
      throw new UserError("MA806", {
        what: `the npm package already has a file ${key}`,
        found: name,
      });
    }
    taken.add(key);
    return { name: `package/${name}`, mode: 0o644, content };
  });
}

function platformReadme(
  { suffix, targets, binaries, glibc }: PlannedPlatform,
  { main }: NpmPlan,
): string {
  const lines = binaries.map(({ bin, sha256 }) => `- \`${bin}\`, SHA-256 \`${sha256}\``);
  const needs = glibc === null ? [] : ["", `Needs glibc ${glibc} or later.`];
  return [
    `# ${main.name} for ${suffix}`,
    "",
    `Native executables, built for ${targets.join(", ")}. Do not install this package by itself: ${main.name} does.`,
    "",
    ...lines,
    ...needs,
    "",
  ].join("\n");
}

function mainReadme({ main }: NpmPlan, { description }: PackageMeta): string {
  return [`# ${main.name}`, "", ...(description === null ? [] : [description, ""])].join("\n");
}

function text(name: string, content: string): ArchiveEntry {
  return { name: `package/${name}`, mode: 0o644, content: encode(content) };
}

function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
