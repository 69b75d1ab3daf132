import { UserError } from "@multiarch/diagnostics";
import type { NpmSettings, PackageMeta } from "./types.ts";

/** The name, version and place of one platform package. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * What a platform package is published as, and what it is called in node_modules. The layout alias has one name for all:
 * its platforms are versions behind the main one, `1.2.3-linux-x64`, which semver orders before it.
 */
export function identify(
  { layout, main }: Pick<NpmSettings, "layout" | "main">,
  prefix: string,
  suffix: string,
  version: string,
): PackageIdentity {
  const folder = prefix + suffix;
  return layout === "alias"
    ? { name: main, version: `${version}-${suffix}`, folder }
    : { name: folder, version, folder };
}

/** What every name of a platform package, in the layout alias every alias, starts with. */
export function namePrefix(
  { scope, layout, main, several }: NpmSettings,
  meta: Pick<PackageMeta, "name">,
): string {
  if (layout === "alias") return `${main}-`;
  if (scope === null) {
    const own = several === true ? mainScope(main) + bare(meta.name) : main;
    return `${own}-`;
  }
  // A scope with a name behind it says all that stands before the suffix.
  if (/^@[^/@]+\/[^/@]+$/.test(scope)) return `${scope}-`;
  if (!/^@[^/@]+$/.test(scope)) {
    throw new UserError("MA801", {
      what: `npm.scope ${scope} is not a scope`,
      expected: "an @ and a name, such as @example, or with what names start with: @example/tool",
      found: scope,
    });
  }
  if (several === true) return `${scope}/${bare(meta.name)}-`;
  return layout === "scoped" ? `${scope}/` : `${scope}/${bare(main)}-`;
}

function mainScope(main: string): string {
  return /^@[^/]*\//.exec(main)?.[0] ?? "";
}

function bare(name: string): string {
  return name.replace(/^@[^/]*\//, "");
}

/** The name of the file that `npm pack` writes for a package: `scope-name-version.tgz`. */
export function tarballName(name: string, version: string): string {
  return `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
}
