import { UserError } from "@multiarch/diagnostics";
import type { PackageBins } from "../bins.ts";
import type { Locate } from "../config/issues.ts";
import { prebuiltFiles } from "../config/prebuilt.ts";
import type { Config, NpmSettings } from "../types.ts";
import type { NpmDefaults } from "./npm-defaults.ts";
import { configured, place, refuseShared } from "./settings.ts";

/**
 * `null`: no npm packages are made.
 * @throws UserError MA125 for settings that contradict each other
 */
export function npmSettings(
  config: Config,
  packageBins: PackageBins,
  packageCount: number,
  defaults: NpmDefaults,
  locate: Locate,
): NpmSettings | null {
  const { addons } = prebuiltFiles(config);
  const at = (key: string): string => locate(place(config, packageBins, ["npm", key]));
  const refuse = (what: string, where: string, fix: string): never => {
    throw new UserError("MA125", { what, where, fix });
  };
  const setting =
    configured(config, packageBins, "npm") ??
    (defaults.napi && addons.length > 0 ? true : undefined);
  if (setting === undefined || setting === false) {
    if (addons.length > 0 && packageCount === 1) {
      refuse(
        "prebuilt brings an addon, and no npm packages are made",
        locate(["prebuilt", "files"]),
        "write npm: {addon: NAME}, the name before .node",
      );
    }
    return null;
  }
  const given = setting === true ? {} : setting;
  refuseShared(config, packageBins, packageCount, ["npm", "main"], locate);
  if (given.scope?.includes("/")) {
    refuseShared(config, packageBins, packageCount, ["npm", "scope"], locate);
  }
  const byDefault = given.layout === undefined || given.layout === "scoped";
  const asked = given.scope ?? (byDefault ? defaults.scope : null);
  const layout = given.layout ?? (asked === null || asked.includes("/") ? "prefixed" : "scoped");
  const own = defaults.main ?? packageBins.name.toLowerCase();
  // One name for all packages: a scope can only be a part of it.
  const scope = layout === "alias" ? null : asked;
  const main = given.main ?? (layout === "alias" && asked !== null ? inScope(asked, own) : own);
  const addon = given.addon ?? defaults.addon;
  if (layout === "scoped" && scope === null) {
    refuse(
      "npm.layout is scoped, but there is no scope",
      at("layout"),
      'write npm.scope, for example "@me", or layout: prefixed',
    );
  }
  if (layout === "alias" && given.main !== undefined && asked !== null) {
    refuse(
      "npm.layout alias has one name for all packages, which npm.main and npm.scope both say",
      at("scope"),
      "keep npm.main",
    );
  }
  const access = given.access ?? defaults.access ?? "public";
  if (access === "restricted" && !main.startsWith("@")) {
    refuse(
      `npm knows no restricted package without a scope, and the main package is ${main}`,
      at("access"),
      `write npm.main with a scope, for example "@me/${main}"`,
    );
  }
  if (addon !== null && addons.length === 0 && !defaults.foreign) {
    refuse(
      `nothing brings the addon ${addon}`,
      at("addon"),
      "name its files, which end with .node: prebuilt: {files: out/{id}/{bin}.node}",
    );
  }
  if (addon === null && addons.length > 0 && packageCount === 1) {
    refuse(
      "prebuilt brings an addon that npm.addon does not name",
      locate(["prebuilt", "files"]),
      "write npm: {addon: NAME}, the name before .node",
    );
  }
  return {
    scope,
    main,
    layout,
    names: given.names ?? (defaults.napi ? "napi" : "node"),
    access,
    addon,
    files: given.files ?? defaults.files ?? [],
    ...(given.files === undefined && defaults.files !== null && { filesFrom: "package.json" }),
    ...(defaults.manifest !== null && { manifest: defaults.manifest }),
    ...(defaults.platformFields !== null && { platformFields: defaults.platformFields }),
  };
}

/** `@me/tool` of the scope `@me` and a name, or of `@me/tool` itself. */
function inScope(scope: string, name: string): string {
  return scope.includes("/") ? scope : `${scope}/${name.replace(/^@[^/]*\//, "")}`;
}
