import { UserError } from "@multiarch/diagnostics";

/** A package.json, or a part of one, in the order in which it was written: in `exports` the order has a meaning. */
export type Fields = Readonly<Record<string, unknown>>;

/** Who made it and how it is found. */
const aboutFields = ["keywords", "author", "contributors", "bugs", "funding"] as const;
/** How the JavaScript half is loaded. */
const entryFields = [
  "type",
  "main",
  "module",
  "browser",
  "types",
  "typings",
  "typesVersions",
  "exports",
  "imports",
  "sideEffects",
] as const;
/** What it needs. `engines` are harmless here: only an optional dependency is dropped for them. */
const needFields = [
  "dependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "optionalDependencies",
  "engines",
] as const;
/** Where it goes. Access and tag are settings of ours. */
const publishFields = ["registry", "provenance"] as const;

/** The parts of the project's own package.json that the main package keeps; everything else, scripts first, is left out. */
export interface KeptFields {
  readonly about: Fields;
  readonly entries: Fields;
  readonly needs: Fields;
  readonly publish: Fields;
}

/**
 * @param text an object as JSON, or `null` where the project has no package.json
 * @throws UserError MA807 dependencies that only work in the repository
 */
export function keptFields(text: string | null | undefined): KeptFields {
  const all = text == null ? {} : (JSON.parse(text) as Fields);
  const needs = pick(all, needFields);
  for (const [field, value] of Object.entries(needs)) {
    if (!field.endsWith("ependencies")) continue;
    for (const [name, wanted] of Object.entries(value as Fields)) checkNeed(field, name, wanted);
  }
  return {
    about: pick(all, aboutFields),
    entries: pick(all, entryFields),
    needs,
    publish: pick(asFields(all.publishConfig), publishFields),
  };
}

/** What a project's own platform folder may say besides what the bytes say. */
export function keptPlatformFields(fields: Fields | undefined): {
  readonly about: Fields;
  readonly publish: Fields;
} {
  const all = fields ?? {};
  return {
    about: pick(all, ["description", ...aboutFields]),
    publish: pick(asFields(all.publishConfig), publishFields),
  };
}

function checkNeed(field: string, name: string, wanted: unknown): void {
  if (typeof wanted === "string" && !/^(?:workspace|file|link|portal|catalog):/.test(wanted))
    return;
  throw new UserError("MA807", {
    what: `${field} of package.json names ${name}, which nobody could install from a registry`,
    expected: "a version or a range",
    found: String(wanted),
  });
}

function pick(all: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => names.includes(name) && value != null),
  );
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
