import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import type { LoadedConfig } from "../config/load-config.ts";
import { prebuiltFiles } from "../config/prebuilt.ts";
import { type PackageJson, readPackageJson } from "../manifest/others.ts";
import { readPlatformFolders } from "../manifest/platform-folders.ts";
import type { ProjectSource } from "../source.ts";
import type { LoadOptions, ProjectWarning } from "../types.ts";

/** What the project's own package.json says of its npm packages. */
export interface NpmDefaults {
  /** Its text; `null` where there is none, or it is about something else. */
  readonly manifest: string | null;
  /** Name of the main package. */
  readonly main: string | null;
  /** What names of platform packages start with, as `npm.scope` would say it. */
  readonly scope: string | null;
  readonly addon: string | null;
  readonly access: "public" | "restricted" | null;
  /** It is a project of napi-rs, whose names are then used. */
  readonly napi: boolean;
  readonly files: readonly string[] | null;
  readonly platformFields: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
  /** Canonical; `null` where nothing names any. */
  readonly targets: readonly string[] | null;
  readonly warnings: readonly ProjectWarning[];
  /** What the packages hold is found later, so that nothing is said here of what is missing. */
  readonly foreign: boolean;
}

const none: NpmDefaults = {
  manifest: null,
  main: null,
  scope: null,
  addon: null,
  access: null,
  napi: false,
  files: null,
  platformFields: null,
  targets: null,
  warnings: [],
  foreign: false,
};

/**
 * Reads package.json and, of a napi-rs project, the folders of its platforms; nothing is read when no npm packages are made.
 * @throws UserError MA133 not JSON, MA137 names that contradict each other
 */
export async function readNpmDefaults(
  root: string,
  { config }: LoadedConfig,
  source: ProjectSource,
  options: Pick<LoadOptions, "log" | "foreign">,
): Promise<NpmDefaults> {
  const nothing = { ...none, foreign: options.foreign === true };
  const addons = prebuiltFiles(config).addons.length > 0;
  const wanted = config.npm || config.packages?.some(({ npm }) => npm) || addons;
  const packageJson = wanted ? await readPackageJson(root) : null;
  if (packageJson === null) return nothing;
  const [only, second] = source.packages;
  const configured = typeof config.npm === "object" ? config.npm.main : undefined;
  const own =
    only !== undefined &&
    second === undefined &&
    describes(packageJson, configured, only.name.toLowerCase());
  if (!own) {
    options.log.info(
      `package.json (${packageJson.fullName ?? "no name"}) is not of the npm package`,
    );
    return nothing;
  }
  const { fullName, files, napi, napiSettings, text, access } = packageJson;
  const base = { ...nothing, manifest: text, main: fullName, files, access };
  if (!napi) return base;
  const folders = await readPlatformFolders(root);
  const { targets, warnings } = targetsOf(napiSettings.targets);
  return {
    ...base,
    napi,
    addon: addons ? napiSettings.binaryName : null,
    scope: scopeOf(
      folders.prefix ?? `${napiSettings.packageName ?? fullName}-`,
      configured ?? fullName,
    ),
    platformFields: folders.fields,
    targets: addons ? targets : null,
    warnings: [...folders.warnings, ...(addons ? warnings : [])],
  };
}

/** A package.json may also be there for tools alone; then it says nothing of the package. */
function describes(
  { fullName, napi, private: isPrivate }: PackageJson,
  configured: string | undefined,
  name: string,
): boolean {
  if (fullName === null) return false;
  if (configured !== undefined) return configured === fullName;
  if (napi) return true;
  return !isPrivate && fullName.replace(/^@[^/]*\//, "").toLowerCase() === name;
}

/** `null`: names start with the main package's own. */
function scopeOf(prefix: string, main: string | null): string | null {
  if (prefix === `${main}-`) return null;
  const scope = prefix.replace(/[-/]$/, "");
  if (scope.startsWith("@")) return scope;
  throw new UserError("MA137", {
    what: `the platform packages ${prefix}… start neither with a scope nor with the main package's name`,
    expected: `${main}-… or @scope/…`,
    found: `${prefix}…`,
  });
}

function targetsOf(triples: readonly string[] | null): {
  targets: string[] | null;
  warnings: ProjectWarning[];
} {
  const targets = new Set<string>();
  const unknown: string[] = [];
  for (const triple of triples ?? []) {
    // Its JavaScript is part of the platform package, and nothing here makes it.
    if (triple.startsWith("wasm32")) unknown.push(triple);
    else targets.add(parseTarget(triple).id);
  }
  const text = `${unknown.join(", ")} of package.json's napi is left out: packages of WebAssembly are not in this version`;
  return {
    targets: targets.size === 0 ? null : [...targets],
    warnings: unknown.length === 0 ? [] : [{ code: "npm-wasm", text }],
  };
}
