import { type Fields, keptFields, keptPlatformFields } from "./kept-fields.ts";
import { helpModule, ownModules, typesOf } from "./main-package.ts";
import type { NpmPlan, NpmSettings, PackageMeta, PlannedPlatform } from "./types.ts";
import { distributionTag } from "./validity.ts";

/** What a registry is told with a package: who may read it, and under which tag it is found. */
export interface Destination {
  readonly access?: string;
  readonly tag?: string;
}

/**
 * A scoped package is private unless told otherwise, which a first publish would stumble over. In the layout alias each
 * platform has a tag of its own: its versions lie beside the main ones, and none of them may become `latest`.
 */
export function destination(
  name: string,
  settings: Pick<NpmSettings, "access" | "layout">,
  version: string,
  suffix: string | null,
): Destination {
  const access = settings.access ?? (name.startsWith("@") ? "public" : null);
  const own = distributionTag(version);
  const parts = suffix !== null && settings.layout === "alias" ? [own, suffix] : [own];
  const tag = parts.filter((part) => part !== undefined).join("-");
  return { ...(access === null ? {} : { access }), ...(tag === "" ? {} : { tag }) };
}

/** Name of the `.node` file in a platform package; napi-rs' own spelling where its names are used. */
export function addonFile(
  { addon, suffix }: PlannedPlatform,
  { names }: Pick<NpmSettings, "names">,
): string | null {
  if (addon === null) return null;
  return names === "napi" ? `${addon.bin}.${suffix}.node` : `${addon.bin}.node`;
}

/**
 * package.json of a platform package. It has no `engines`: a package manager drops an optional dependency whose engines
 * do not match, without a word. It has no `bin`: npm 10 removes a link that two packages declare. It has no scripts:
 * most package managers no longer run them. It has no `exports`, so that package.json and the program can be found.
 */
export function platformManifest(
  platform: PlannedPlatform,
  main: string,
  settings: NpmSettings,
  meta: PackageMeta,
): string {
  const { suffix, name, version, binaries } = platform;
  const file = addonFile(platform, settings);
  const { about, publish } = keptPlatformFields(settings.platformFields?.[suffix]);
  return text({
    name,
    version,
    description: `${main} for ${suffix}: installed by ${main}, not by itself`,
    ...about,
    ...origin(meta),
    os: [platform.os],
    cpu: platform.cpu,
    ...(platform.libc === null ? {} : { libc: [platform.libc] }),
    ...(file === null ? {} : { main: file }),
    // Yarn keeps packages zipped, and a program inside a zip cannot be started.
    preferUnplugged: true,
    files: [...(binaries.length > 0 ? ["bin"] : []), ...(file === null ? [] : [file])],
    ...publishConfig(publish, destination(name, settings, meta.version, suffix)),
  });
}

/** package.json of the package that people install. It pins exactly what was made together with it. */
export function mainManifest(plan: NpmPlan, settings: NpmSettings, meta: PackageMeta): string {
  const { name, bins } = plan.main;
  const { about, entries, needs, publish } = keptFields(settings.manifest);
  const commands = Object.fromEntries(bins.map((bin) => [bin, `bin/${bin}${plan.main.ending}`]));
  return text({
    name,
    version: meta.version,
    ...(meta.description === null ? {} : { description: meta.description }),
    ...origin(meta),
    ...about,
    type: "commonjs",
    ...ownEntries(plan, settings, entries),
    ...entries,
    ...(bins.length === 0 ? {} : { bin: commands }),
    files: packagedNames(plan, settings),
    ...needs,
    optionalDependencies: {
      ...others(needs.optionalDependencies, plan.prefix),
      ...Object.fromEntries(
        plan.platforms.map((one) => [one.folder, pinned(one, settings.layout)]),
      ),
    },
    ...publishConfig(publish, destination(name, settings, meta.version, null)),
  });
}

function pinned({ name, version }: PlannedPlatform, layout: NpmSettings["layout"]): string {
  return layout === "alias" ? `npm:${name}@${version}` : version;
}

/** `main` and `types` where the project names none of its own. */
function ownEntries({ main }: NpmPlan, { files }: NpmSettings, entries: Fields): Fields {
  const has = (file: string): boolean => files.some(({ name }) => name === file);
  const [module] = ownModules(main);
  // Without `main`, Node takes an index.js: the project's own comes first.
  const index = ["main", "exports"].some((field) => field in entries) || has("index.js");
  if (module === undefined || index) return {};
  const types = [typesOf(module), module.replace(/\.c?js$/, ".d.ts")].find(has);
  return {
    main: module,
    ...("types" in entries || "typings" in entries ? {} : { types: types ?? typesOf(module) }),
  };
}

/** Folders as a whole: `files` is what npm would pack, and everything in the package is there on purpose. */
function packagedNames({ main }: NpmPlan, { files }: NpmSettings): string[] {
  const own = ownModules(main);
  const tops = files.map(({ name }) => name.split("/")[0] ?? name);
  return [
    ...new Set([
      ...(main.bins.length > 0 ? ["bin"] : []),
      ...own.flatMap((module) => [module, typesOf(module)]),
      helpModule(main),
      ...tops,
    ]),
  ];
}

const platformWord =
  /^(?:aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|wasm32|win32)-/;

/** Optional dependencies of the project's own. Platform packages of an earlier version are not among them. */
function others(given: unknown, prefix: string): Fields {
  return Object.fromEntries(
    Object.entries((given ?? {}) as Fields).filter(
      ([name]) => !(name.startsWith(prefix) && platformWord.test(name.slice(prefix.length))),
    ),
  );
}

/** Provenance is refused for a package without `repository`, platform packages included. */
function origin({ license, repository, homepage }: PackageMeta): Fields {
  return {
    ...(license === null ? {} : { license }),
    ...(repository === null ? {} : { repository: repositoryField(repository) }),
    ...(homepage === null ? {} : { homepage }),
  };
}

/** The spelling that npm itself would make of an address while publishing, with a warning. */
function repositoryField(repository: string): unknown {
  if (!/^(https?|git|ssh):\/\//.test(repository)) return repository;
  const address = repository.replace(/\/+$/, "");
  const ending = address.endsWith(".git") ? "" : ".git";
  return { type: "git", url: `${/^https?:/.test(address) ? "git+" : ""}${address}${ending}` };
}

function publishConfig(kept: Fields, to: Destination): Fields {
  const all = { ...kept, ...to };
  return Object.keys(all).length === 0 ? {} : { publishConfig: all };
}

function text(manifest: Fields): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
