import { basename, join, relative, sep } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import * as v from "valibot";
import { type BinSource, choosePackages, type PackageBins } from "./bins.ts";
import type { Locate } from "./config/issues.ts";
import { name as nameSchema } from "./config/parts.ts";
import { prebuiltFiles } from "./config/prebuilt.ts";
import type { Detected } from "./detect.ts";
import {
  type CargoCandidate,
  type CargoProject,
  productPackages,
  readCargoProject,
} from "./manifest/cargo.ts";
import { type GoProject, productMains, readGoProject } from "./manifest/go.ts";
import { executableName } from "./manifest/go-mod.ts";
import { type Metadata, noMetadata } from "./manifest/metadata.ts";
import { readPackageJson } from "./manifest/others.ts";
import { readPyproject } from "./manifest/pyproject.ts";
import type { Config, GoMain, ManifestDetails } from "./types.ts";

/** What a project's manifest says, and what its executables are built from. */
export interface ProjectSource {
  readonly name: string;
  readonly metadata: Metadata;
  readonly version: { readonly version: string; readonly where: string } | null;
  readonly packages: readonly PackageBins[];
  readonly details: ManifestDetails;
  /** Absolute; `null` without a workspace above. */
  readonly workspaceRoot: string | null;
  /** What was found and is not released, one sentence each. */
  readonly notes: readonly string[];
}

/** @throws UserError MA125, MA134, MA136, MA141 */
export async function describeSource(
  root: string,
  fallbackName: string,
  config: Config,
  detected: Detected,
  locate: Locate,
): Promise<ProjectSource> {
  switch (detected.builder) {
    case "go":
      return goSource(root, config, detected.go, locate);
    case "cargo":
      return cargoSource(root, config, detected.cargo, locate);
    default:
      return otherSource(root, fallbackName, config, locate);
  }
}

function goSource(root: string, config: Config, go: GoProject, locate: Locate): ProjectSource {
  const name = usableName(config.name ?? executableName(go.module), root);
  const entry = config.build?.entry?.replace(/^(?:\.\/)+|\/+$/g, "") || undefined;
  const mains = entry === undefined ? go.mains : go.mains.filter(({ path }) => path === entry);
  if (mains.length === 0) {
    throw new UserError("MA134", {
      what: `build.entry names no main package: ${entry}`,
      where: locate(["build", "entry"]),
      expected: `one of ${go.mains.map(({ path }) => path).join(", ")}`,
    });
  }
  const asSource = (main: GoMain): BinSource<GoMain> => ({
    name: main.name,
    source: main,
    where: main.path,
  });
  const products = productMains(mains).map(asSource);
  const chosen = choosePackages(name, config, mains.map(asSource), products, locate);
  const used = chosen.used.map(({ source }) => source);
  return {
    name,
    metadata: { ...noMetadata, repository: repositoryOfModule(go.module) },
    version: null,
    packages: chosen.packages,
    details: {
      kind: "go",
      module: go.module,
      goVersion: go.goVersion,
      toolchain: go.toolchain,
      mains: used,
    },
    workspaceRoot: null,
    notes: leftOut(config, mains.map(asSource), products),
  };
}

function cargoSource(
  root: string,
  config: Config,
  cargo: CargoProject,
  locate: Locate,
): ProjectSource {
  const { own, candidates, workspaceRoot } = cargo;
  const asSources = (candidate: CargoCandidate): BinSource<CargoCandidate>[] =>
    candidate.bins.map((bin) => ({
      name: bin,
      source: candidate,
      where: relative(root, candidate.manifestPath).replaceAll(sep, "/"),
      group: candidate.name,
    }));
  const products = productPackages(cargo);
  const [only, second] = products;
  const folderName = second === undefined ? only?.name : undefined;
  const name = usableName(config.name ?? own?.name ?? folderName ?? basename(root), root);
  const chosen = choosePackages(
    name,
    config,
    candidates.flatMap(asSources),
    products.flatMap(asSources),
    locate,
  );
  const used = candidates.filter((one) => chosen.used.some(({ source }) => source === one));
  const bins = new Set(chosen.used.map((bin) => bin.name));
  const said = [...(own ? [own] : []), ...used.map(({ metadata }) => metadata)];
  const first = <Key extends keyof Metadata>(key: Key): Metadata[Key] =>
    said.map((one) => one[key]).find((value) => value !== null && value.length > 0) ??
    noMetadata[key];
  const version = config.version === undefined ? commonVersion(used) : null;
  return {
    name,
    metadata: {
      name,
      version,
      description: first("description"),
      license: first("license"),
      repository: first("repository"),
      homepage: first("homepage"),
      documentation: first("documentation"),
      licenseFile: own?.licenseFile ?? null,
      readme: own?.readme ?? null,
      keywords: first("keywords"),
      authors: first("authors"),
    },
    version: version === null ? null : { version, where: "Cargo.toml" },
    packages: chosen.packages,
    details: {
      kind: "cargo",
      packages: used.map((one) => ({
        name: one.name,
        manifestPath: one.manifestPath,
        bins: one.bins.filter((bin) => bins.has(bin)),
      })),
      workspaceRoot,
    },
    workspaceRoot: workspaceRoot === root ? null : workspaceRoot,
    notes: leftOut(config, candidates.flatMap(asSources), products.flatMap(asSources)),
  };
}

/** Helpers that nobody asked for are no products; whoever wants one learns how to get it. */
function leftOut<Source>(
  { bins, packages }: Config,
  all: readonly BinSource<Source>[],
  products: readonly BinSource<Source>[],
): string[] {
  if (bins || packages) return [];
  return all
    .filter(({ source }) => !products.some((product) => product.source === source))
    .map(({ name, where }) => `${name} (${where}) is not released; name it under bins to add it`);
}

/** A project that something else builds: any manifest that is there may name it. */
async function otherSource(
  root: string,
  fallbackName: string,
  config: Config,
  locate: Locate,
): Promise<ProjectSource> {
  const { metadata, where } = await anyManifest(root);
  const name = usableName(config.name ?? metadata.name ?? fallbackName, root);
  // Files for Node or Python alone are no executables, unless the configuration says that there are some besides.
  const commands = config.prebuilt === undefined || prebuiltFiles(config).commands.length > 0;
  const names = config.packages
    ? config.packages.flatMap((one) => one.bins ?? (commands ? [one.name] : []))
    : (config.bins ?? (commands ? [name] : []));
  const sources = [...new Set(names)].map((bin) => ({ name: bin, source: bin, where: bin }));
  const { packages } = choosePackages(name, config, sources, sources, locate);
  const { version } = metadata;
  return {
    name,
    metadata,
    version: version === null ? null : { version, where },
    packages,
    details: { kind: "none" },
    workspaceRoot: null,
    notes: [],
  };
}

/** The first manifest of a folder that names a project, in the order in which builders are looked for. */
export async function anyManifest(root: string): Promise<{ metadata: Metadata; where: string }> {
  const packageJson = await readPackageJson(root);
  // The crate of an addon is not what is published: its name and version mean nothing.
  if (packageJson?.napi && packageJson.metadata.name) {
    return { metadata: packageJson.metadata, where: "package.json" };
  }
  const cargo = await readCargoProject(root, []);
  const fromCargo = cargo?.own ?? cargo?.candidates[0]?.metadata;
  if (fromCargo) return { metadata: fromCargo, where: "Cargo.toml" };
  const pyproject = await readPyproject(root);
  if (pyproject?.metadata.name) return { metadata: pyproject.metadata, where: "pyproject.toml" };
  if (packageJson?.metadata.name) return { metadata: packageJson.metadata, where: "package.json" };
  const go = await readGoProject(root);
  if (go) return { metadata: { ...noMetadata, name: executableName(go.module) }, where: "go.mod" };
  return { metadata: noMetadata, where: join(root, "no manifest") };
}

function commonVersion(used: readonly CargoCandidate[]): string | null {
  const versions = new Set(used.map(({ metadata }) => metadata.version));
  if (versions.size > 1) {
    throw new UserError("MA141", {
      what: "the packages of the workspace have different versions",
      where: "Cargo.toml",
      found: used.map(({ name, metadata }) => `${name} ${metadata.version ?? "none"}`).join(", "),
    });
  }
  const [version = null] = versions;
  return version;
}

/** Modules on the well-known hosts are called after their repository. */
function repositoryOfModule(module: string): string | null {
  const found = /^(?:github\.com|bitbucket\.org|codeberg\.org)\/[^/]+\/[^/]+/.exec(module);
  return found ? `https://${found[0]}` : null;
}

function usableName(name: string, root: string): string {
  const result = v.safeParse(nameSchema, name);
  if (result.success) return name;
  throw new UserError("MA136", {
    what: `${JSON.stringify(name)} cannot be the name of the project`,
    where: root,
    expected: result.issues[0].message,
  });
}
