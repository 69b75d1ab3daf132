import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveEntry, writeTarGz } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { helpText } from "./help-text.ts";
import { renderLauncher, renderTypes } from "./launcher.ts";
import { tarballName } from "./layouts.ts";
import { loaderTypes, renderLoader } from "./loader.ts";
import { helpModule, ownModules, typesOf } from "./main-package.ts";
import { addonFile, destination, mainManifest, platformManifest } from "./manifest.ts";
import { planNpmNames } from "./names.ts";
import { mainReadme, platformReadme } from "./readme.ts";
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
  /** Every executable and addon of the package, for every target. */
  readonly binaries: readonly PackagedBinary[];
  /** Made if it does not exist; files of the same names are replaced. */
  readonly outputFolder: string;
}

/**
 * Writes every npm package of one project package, in publish order: platform packages by name, the main one last,
 * so that nobody can install the main package before what it needs exists.
 * @throws UserError MA801 to MA807, see `planNpmNames`; MA806 for a file that clashes with one of ours
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
        version: platform.version,
        suffix: platform.suffix,
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
      version: meta.version,
      suffix: null,
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
  readonly version: string;
  readonly suffix: string | null;
  readonly target: string | null;
  readonly main: boolean;
  readonly from: NpmPackage["from"];
  readonly entries: readonly ArchiveEntry[];
}

async function write(
  { settings, meta, outputFolder }: NpmRequest,
  { entries, suffix, ...about }: Unwritten,
): Promise<NpmPackage> {
  const { epoch } = meta;
  const out = join(outputFolder, tarballName(about.name, about.version));
  const { path, size, sha256, integrity } = await writeTarGz(out, entries, { epoch });
  const to = destination(about.name, settings, meta.version, suffix);
  return { ...about, file: path, size, sha256, integrity, to };
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
  const file = addonFile(platform, settings);
  const taken = ["package.json", "readme.md", "bin", ...(file === null ? [] : [file])];
  return [
    text("package.json", platformManifest(platform, plan.main.name, settings, meta)),
    text("README.md", platformReadme(platform, plan, meta, file)),
    ...documents(meta.licenses, new Set(taken.map((name) => name.toLowerCase()))),
    // The mode must be right in the tarball: no package manager mends it everywhere.
    ...platform.binaries.map(
      ({ bin, deflated }): ArchiveEntry => ({
        name: `package/bin/${bin}${ending}`,
        mode: 0o755,
        content: deflated,
      }),
    ),
    ...(platform.addon === null || file === null
      ? []
      : [{ name: `package/${file}`, mode: 0o644, content: platform.addon.deflated } as const]),
  ];
}

function mainEntries(plan: NpmPlan, settings: NpmSettings, meta: PackageMeta): ArchiveEntry[] {
  const { bins, ending } = plan.main;
  const readme = meta.readme ?? { name: "README.md", content: encode(mainReadme(plan, meta)) };
  const usual = [readme, ...meta.licenses];
  const modules = moduleEntries(plan, settings, meta);
  const folder = bins.length > 0 ? ["bin"] : [];
  const own = [
    "package.json",
    ...folder,
    ...modules.map(({ name }) => name.replace("package/", "")),
  ];
  return [
    text("package.json", mainManifest(plan, settings, meta)),
    ...modules,
    ...documents(
      [...usual, ...settings.files.filter((file) => !usual.some((one) => isSame(one, file)))],
      new Set(own.map((name) => name.toLowerCase())),
    ),
    ...bins.map(
      (bin): ArchiveEntry => ({
        name: `package/bin/${bin}${ending}`,
        mode: 0o755,
        content: encode(renderLauncher(plan, meta.version, bin)),
      }),
    ),
  ];
}

/** What loads the addon and what finds the commands, with types; the project may bring better types of its own. */
function moduleEntries(
  plan: NpmPlan,
  { files }: NpmSettings,
  { version }: PackageMeta,
): ArchiveEntry[] {
  const { addon } = plan.main;
  const given = new Set(files.map(({ name }) => name));
  const modules = ownModules(plan.main).flatMap((module, index) => {
    const loads = addon !== null && index === 0;
    const types = typesOf(module);
    const code = loads ? renderLoader(plan, version) : renderLauncher(plan, version);
    const typed = [types, types.replace(".cts", ".ts")].some((name) => given.has(name));
    return [
      text(module, code),
      ...(typed ? [] : [text(types, loads ? loaderTypes : renderTypes(plan))]),
    ];
  });
  return [...modules, text(helpModule(plan.main), helpText)];
}

function isSame(one: PackageFile, other: PackageFile): boolean {
  return one.name === other.name && Buffer.compare(one.content, other.content) === 0;
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
    if (key.endsWith(".node")) {
      throw new UserError("MA806", {
        what: "an addon would travel to every platform in the main npm package",
        found: name,
        fix: "leave it out of npm.files; npm.addon and prebuilt.files put it into the platform packages",
      });
    }
    taken.add(key);
    return { name: `package/${name}`, mode: 0o644, content };
  });
}

function text(name: string, content: string): ArchiveEntry {
  return { name: `package/${name}`, mode: 0o644, content: encode(content) };
}

function encode(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
