import { UserError } from "@multiarch/diagnostics";
import type { PackageBins } from "../bins.ts";
import type { Locate } from "../config/issues.ts";
import { deliversPython } from "../config/prebuilt.ts";
import type { ConfigPath } from "../config/yaml.ts";
import { type IncludeRequest, usualDocuments } from "../documents.ts";
import { mergeDeep } from "../settings.ts";
import type { ArchiveSettings, Config, PythonMetadata, WheelSettings } from "../types.ts";
import { noPythonMetadata } from "./python-metadata.ts";

/** What the project's manifests say about its wheel. */
export interface WheelDefaults {
  readonly name: string | null;
  readonly requiresPython: string | null;
  readonly metadata: PythonMetadata | null;
}

type Key = "npm" | "wheel" | "archive";
type Switch<K extends Key> = NonNullable<Config[K]>;

/** The package's own setting over that of the top level; where both are objects they are merged. */
export function configured<K extends Key>(
  config: Config,
  { index }: PackageBins,
  key: K,
): Switch<K> | undefined {
  const top = config[key] as Switch<K> | undefined;
  const own = (index === null ? undefined : config.packages?.[index]?.[key]) as
    | Switch<K>
    | undefined;
  if (own === undefined) return top;
  if (own === true) return typeof top === "object" ? top : own;
  return typeof own === "object" && typeof top === "object" ? mergeDeep(top, own) : own;
}

/** Where a key of a package was written: at the package, else at the top. */
export function place(
  config: Config,
  { index }: PackageBins,
  path: readonly [Key, string],
): ConfigPath {
  const own = index === null ? undefined : config.packages?.[index]?.[path[0]];
  const isOwn = typeof own === "object" && Object.hasOwn(own, path[1]);
  return isOwn && index !== null ? ["packages", index, ...path] : path;
}

/**
 * `null`: no wheels are made.
 * @throws UserError MA125
 */
export function wheelSettings(
  config: Config,
  packageBins: PackageBins,
  packageCount: number,
  defaults: WheelDefaults,
  locate: Locate,
): WheelSettings | null {
  const delivered = deliversPython(config);
  const setting = configured(config, packageBins, "wheel") ?? delivered;
  if (setting === false) {
    if (delivered) throw unwanted(config, packageBins, locate);
    return null;
  }
  const given = setting === true ? {} : setting;
  refuseShared(config, packageBins, packageCount, ["wheel", "name"], locate);
  const fallback = packageCount === 1 ? defaults.name : null;
  return {
    name: given.name ?? fallback ?? packageBins.name,
    requiresPython: given["requires-python"] ?? defaults.requiresPython ?? ">=3.8",
    module: given.module ?? false,
    ...(given.exclude && { exclude: given.exclude }),
    ...wheelMetadata(defaults.metadata, given),
  };
}

/** A list in multiarch.yml replaces the manifest's. */
function wheelMetadata(
  said: PythonMetadata | null,
  {
    keywords,
    classifiers,
  }: { keywords?: string[] | undefined; classifiers?: string[] | undefined },
): Pick<WheelSettings, "metadata"> {
  if (said === null && keywords === undefined && classifiers === undefined) return {};
  const metadata = said ?? noPythonMetadata;
  return {
    metadata: {
      ...metadata,
      keywords: keywords ?? metadata.keywords,
      classifiers: classifiers ?? metadata.classifiers,
    },
  };
}

function unwanted(config: Config, { index }: PackageBins, locate: Locate): UserError {
  const own = index === null ? undefined : config.packages?.[index]?.wheel;
  return new UserError("MA125", {
    what: "prebuilt brings files for Python, and wheel: false wants none",
    where: locate(own === undefined || index === null ? ["wheel"] : ["packages", index, "wheel"]),
    fix: "keep one of the two",
  });
}

/** `null`: no archives are made. What `include` matches is found later. */
export function archiveSettings(
  config: Config,
  packageBins: PackageBins,
): (Omit<ArchiveSettings, "files"> & { readonly request: IncludeRequest }) | null {
  const setting = configured(config, packageBins, "archive");
  // An addon or a Python package means something to its own package manager alone.
  if (setting === false || packageBins.bins.length === 0) return null;
  const given = setting === undefined || setting === true ? {} : setting;
  const include = given.include ?? usualDocuments;
  const path = given.include ? place(config, packageBins, ["archive", "include"]) : null;
  return {
    name: given.name ?? "{package}-{version}-{id}",
    include,
    format: given.format ?? "auto",
    request: { patterns: include, path },
  };
}

/** Where the template of an archive's name was written. */
export function archiveNamePlace(config: Config, packageBins: PackageBins): ConfigPath {
  return place(config, packageBins, ["archive", "name"]);
}

/** A published name belongs to one package: at the top level of several it would be given to each. */
export function refuseShared(
  config: Config,
  packageBins: PackageBins,
  packageCount: number,
  path: readonly [Key, string],
  locate: Locate,
): void {
  const top = config[path[0]];
  const isShared = typeof top === "object" && Object.hasOwn(top, path[1]);
  if (packageCount === 1 || !isShared || place(config, packageBins, path).length > 2) return;
  throw new UserError("MA125", {
    what: `${path.join(".")} would give several packages one name`,
    where: locate(path, true),
    fix: `write it under the package that it is for: packages: [{name: ${packageBins.name}, ${path[0]}: {${path[1]}: …}}]`,
  });
}
