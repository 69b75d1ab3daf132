import type { NpmPlan, NpmSettings, PackageMeta, PlannedPlatform } from "./types.ts";
import { distributionTag } from "./validity.ts";

/** What a registry is told with a package: who may read it, and under which tag it is found. */
export interface Destination {
  readonly access?: string;
  readonly tag?: string;
}

/** A scoped package is private unless told otherwise, which a first publish would stumble over. */
export function destination(name: string, settings: NpmSettings, version: string): Destination {
  const access = settings.access ?? (name.startsWith("@") ? "public" : null);
  const tag = distributionTag(version);
  return { ...(access === null ? {} : { access }), ...(tag === undefined ? {} : { tag }) };
}

/**
 * package.json of a platform package. It has no `engines`: a package manager drops an optional dependency whose engines
 * do not match, without a word. It has no `bin`: npm 10 removes a link that two packages declare. It has no scripts:
 * most package managers no longer run them.
 */
export function platformManifest(
  platform: PlannedPlatform,
  main: string,
  settings: NpmSettings,
  meta: PackageMeta,
): string {
  return text({
    name: platform.name,
    version: meta.version,
    description: `${main} for ${platform.suffix}: installed by ${main}, not by itself`,
    ...origin(meta),
    os: [platform.os],
    cpu: platform.cpu,
    ...(platform.libc === null ? {} : { libc: [platform.libc] }),
    // Yarn keeps packages zipped, and a program inside a zip cannot be started.
    preferUnplugged: true,
    files: ["bin"],
    ...publishConfig(destination(platform.name, settings, meta.version)),
  });
}

/** package.json of the package that people install. It pins exactly what was made together with it. */
export function mainManifest(plan: NpmPlan, settings: NpmSettings, meta: PackageMeta): string {
  const { name, bins } = plan.main;
  return text({
    name,
    version: meta.version,
    ...(meta.description === null ? {} : { description: meta.description }),
    ...origin(meta),
    type: "commonjs",
    main: "index.js",
    types: "index.d.ts",
    bin: Object.fromEntries(bins.map((bin) => [bin, `bin/${bin}.js`])),
    files: ["bin", "index.js", "index.d.ts", ...settings.files.map((file) => file.name)],
    optionalDependencies: Object.fromEntries(
      plan.platforms.map((platform) => [platform.name, meta.version]),
    ),
    ...publishConfig(destination(name, settings, meta.version)),
  });
}

/** Provenance is refused for a package without `repository`, platform packages included. */
function origin({ license, repository, homepage }: PackageMeta): Record<string, unknown> {
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

function publishConfig(to: Destination): Record<string, unknown> {
  return Object.keys(to).length === 0 ? {} : { publishConfig: to };
}

function text(manifest: Record<string, unknown>): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
