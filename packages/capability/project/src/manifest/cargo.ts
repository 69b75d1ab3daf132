import { dirname, join, relative, sep } from "node:path";
import { readText } from "../files.ts";
import type { CargoPackage } from "../types.ts";
import { cargoBins } from "./cargo-bins.ts";
import { findWorkspace, type LoadedManifest, workspaceMembers } from "./cargo-workspace.ts";
import { type Metadata, readPerson } from "./metadata.ts";
import { parseToml, string, strings, type Table, table } from "./toml.ts";

/** A package with executables, and what it says about itself. */
export interface CargoCandidate extends CargoPackage {
  readonly metadata: Metadata;
  /** `publish = false`: mostly a helper for developers, where other packages are published. */
  readonly published: boolean;
}

/** What a Cargo.toml, alone or with the workspace around it, offers for release. */
export interface CargoProject {
  readonly workspaceRoot: string;
  /** The package in the folder itself, also one without executables. */
  readonly own: Metadata | null;
  /** Packages with executables, sorted by name. */
  readonly candidates: readonly CargoCandidate[];
  /** Names of those that `default-members` names; `null` when it is not set. */
  readonly defaultMembers: readonly string[] | null;
}

/**
 * The package or workspace in `root`, or `null` when there is no Cargo.toml.
 * @param features what `--features` will name: bins may depend on it
 * @throws UserError MA133 for a manifest that cannot be read
 */
export async function readCargoProject(
  root: string,
  features: readonly string[],
): Promise<CargoProject | null> {
  const path = join(root, "Cargo.toml");
  const text = await readText(path);
  if (text === null) return null;
  const own: LoadedManifest = { path, manifest: await parseToml(text, "Cargo.toml") };
  const isPackage = own.manifest.package !== undefined;
  const workspace = own.manifest.workspace === undefined ? await findWorkspace(own) : own;
  const members = workspace === own ? await workspaceMembers(own) : null;
  const inherited = table(table(workspace?.manifest.workspace).package);
  const workspaceRoot = dirname((workspace ?? own).path);
  const describe = ({ path: place, manifest }: LoadedManifest): Metadata =>
    packageMetadata(manifest, inherited, relative(dirname(place), workspaceRoot));
  const loaded = members?.all ?? [own];
  const candidates: CargoCandidate[] = [];
  for (const member of loaded) {
    const metadata = describe(member);
    if (metadata.name === null) continue;
    const bins = await cargoBins(
      dirname(member.path),
      member.manifest,
      string(field(table(member.manifest.package), "edition", inherited)) ?? "2015",
      features,
    );
    if (bins.length === 0) continue;
    candidates.push({
      name: metadata.name,
      manifestPath: member.path,
      bins,
      metadata,
      published: isPublished(field(table(member.manifest.package), "publish", inherited)),
    });
  }
  return {
    workspaceRoot,
    own: isPackage ? describe(own) : null,
    candidates: candidates.sort((left, right) => (left.name < right.name ? -1 : 1)),
    defaultMembers: members?.defaults ?? null,
  };
}

/**
 * The packages to release when the configuration chooses none: the workspace's `default-members`, else all, without
 * task runners and those that are never published, as long as something remains.
 */
export function productPackages(project: CargoProject): readonly CargoCandidate[] {
  const { candidates, defaultMembers } = project;
  const chosen = candidates.filter(({ name }) => defaultMembers?.includes(name) ?? true);
  const products = chosen.length > 0 ? chosen : candidates;
  // xtask is the usual name of a project's own task runner.
  const others = products.filter(({ name }) => name !== "xtask");
  const published = others.filter((candidate) => candidate.published);
  return [published, others, products].find((list) => list.length > 0) ?? [];
}

/** @param toWorkspace from the package's folder to the workspace's: files that are inherited lie there */
function packageMetadata(manifest: Table, inherited: Table, toWorkspace: string): Metadata {
  const own = table(manifest.package);
  const read = (key: string): string | null => string(field(own, key, inherited));
  const file = (key: string): string | null => {
    const name = read(key);
    if (name === null || table(own[key]).workspace !== true || toWorkspace === "") return name;
    return `${toWorkspace.replaceAll(sep, "/")}/${name}`;
  };
  return {
    name: string(own.name),
    version: read("version"),
    description: read("description")?.trim() ?? null,
    // The slash is Cargo's old way to write OR.
    license: read("license")?.replace(/\s*\/\s*/g, " OR ") ?? null,
    repository: read("repository"),
    homepage: read("homepage"),
    documentation: read("documentation"),
    licenseFile: file("license-file"),
    readme: file("readme"),
    keywords: strings(field(own, "keywords", inherited)),
    authors: strings(field(own, "authors", inherited)).flatMap((text) => {
      const person = readPerson(text);
      return person === null ? [] : [person];
    }),
  };
}

/** A key of `[package]`, taken from `[workspace.package]` where it says `{ workspace = true }`. */
function field(own: Table, key: string, inherited: Table): unknown {
  return table(own[key]).workspace === true ? inherited[key] : own[key];
}

function isPublished(publish: unknown): boolean {
  return !(publish === false || (Array.isArray(publish) && publish.length === 0));
}
