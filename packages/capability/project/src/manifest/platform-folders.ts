import { basename, join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { rows } from "@multiarch/targets";
import { readText } from "../files.ts";
import { expandFolders } from "../globs.ts";
import type { ProjectWarning } from "../types.ts";
import { string, strings, type Table, table } from "./toml.ts";

/** What the folders say that `napi create-npm-dirs` writes: `npm/<suffix>/package.json`. */
export interface PlatformFolders {
  /** What all names start with, `@me/addon-` or `@me/`; `null` without a folder. */
  readonly prefix: string | null;
  /** Fields that a package may keep, by suffix. What says where it runs is read from its bytes instead. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly warnings: readonly ProjectWarning[];
}

const keptFields = [
  "description",
  "keywords",
  "author",
  "contributors",
  "bugs",
  "funding",
  "publishConfig",
];
/** Why a field is not taken over, for the fields that somebody may miss. */
const refusedFields: Readonly<Record<string, string>> = {
  scripts: "most package managers no longer run them",
  engines: "package managers drop an optional dependency whose engines do not fit",
  bin: "npm removes a command that two packages declare",
  dependencies: "a platform package has none",
};

/**
 * @throws UserError MA133 for a folder whose package.json is not JSON, MA137 for names that do not start alike or do not end as
 * their folder is called
 */
export async function readPlatformFolders(root: string): Promise<PlatformFolders> {
  const found: { suffix: string; json: Table; where: string }[] = [];
  for (const folder of await expandFolders(root, "npm/*")) {
    const suffix = basename(folder);
    const where = `npm/${suffix}/package.json`;
    const text = await readText(join(folder, "package.json"));
    if (text !== null) found.push({ suffix, json: parse(text, where), where });
  }
  const prefixes = new Map(found.map((one) => [prefixOf(one), one.where]));
  const [first, second] = prefixes;
  if (first !== undefined && second !== undefined) {
    throw new UserError("MA137", {
      what: "the platform folders name packages that do not start alike",
      where: second[1],
      expected: `${first[0]}…, as ${first[1]} has it`,
      found: `${second[0]}…`,
    });
  }
  return {
    prefix: first?.[0] ?? null,
    fields: Object.fromEntries(
      found.map(({ suffix, json }) => [
        suffix,
        Object.fromEntries(Object.entries(json).filter(([name]) => keptFields.includes(name))),
      ]),
    ),
    warnings: [...refused(found), ...found.flatMap(wrongPlace)],
  };
}

function parse(text: string, where: string): Table {
  try {
    return table(JSON.parse(text));
  } catch (error) {
    throw new UserError("MA133", {
      what: `${where} is not JSON`,
      where,
      found: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

function prefixOf({ suffix, json, where }: { suffix: string; json: Table; where: string }): string {
  const name = string(json.name) ?? "";
  const prefix = name.slice(0, name.length - suffix.length);
  if (prefix !== "" && name.endsWith(suffix) && /[-/]$/.test(prefix)) return prefix;
  throw new UserError("MA137", {
    what: "a platform folder and its package are called differently",
    where,
    expected: `a name that ends with ${suffix}`,
    found: name || "no name",
  });
}

function refused(found: readonly { json: Table; where: string }[]): ProjectWarning[] {
  return Object.entries(refusedFields).flatMap(([field, why]) => {
    const places = found.filter(({ json }) => json[field] !== undefined);
    const [one] = places;
    if (one === undefined) return [];
    const more = places.length > 1 ? ` and ${places.length - 1} more` : "";
    return [
      { code: "npm-folder-field", text: `${field} of ${one.where}${more} is left out: ${why}` },
    ];
  });
}

/** The bytes count, but whoever wrote another platform should hear of it. */
function wrongPlace({
  suffix,
  json,
  where,
}: {
  suffix: string;
  json: Table;
  where: string;
}): ProjectWarning[] {
  const row = rows.find(({ napi }) => napi === suffix);
  if (row === undefined) return [];
  return (["os", "cpu", "libc"] as const).flatMap((field) => {
    const said = [...strings(json[field])].sort().join(", ");
    const right = [...(row.npm[field] ?? [])].sort().join(", ");
    if (said === "" || said === right) return [];
    const instead = right === "" ? "none" : right;
    const text = `${field} of ${where} is ${said}, for ${suffix} it is ${instead}: what is packaged comes from the bytes`;
    return [{ code: "npm-folder-platform", text }];
  });
}
