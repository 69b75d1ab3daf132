import type { NpmContents } from "@multiarch/contents";

/** The fields of a package.json that say where a package runs and what it holds. */
export interface Manifest {
  readonly name: string | null;
  readonly version: string | null;
  /** `null`: the field is not there, and npm then asks nothing. */
  readonly os: readonly string[] | null;
  readonly cpu: readonly string[] | null;
  readonly libc: readonly string[] | null;
  /** Paths without `./`; the entry points of `main` and of `exports`. */
  readonly entries: readonly string[];
  /** Command name to path without `./`. */
  readonly bin: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
  readonly engines: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlyMap<string, string>;
  readonly optionalDependencies: ReadonlyMap<string, string>;
  readonly license: string | null;
  readonly repository: string | null;
  readonly preferUnplugged: boolean;
  readonly private: boolean;
}

/** Why a package has no readable manifest. */
export interface NoManifest {
  readonly problem: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads package.json as npm does: a byte order mark is skipped, a string stands for a list of one, fields of a wrong kind are not there. */
export function readManifest({ texts }: Pick<NpmContents, "texts">): Manifest | NoManifest {
  const bytes = texts.get("package.json");
  if (bytes === undefined) return { problem: "no package.json in the first folder" };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    if (cause instanceof SyntaxError) return { problem: "a package.json that is no JSON" };
    throw cause;
  }
  if (!isFields(value)) return { problem: "a package.json that holds no object" };
  return manifestFrom(value);
}

function manifestFrom(fields: Fields): Manifest {
  const name = text(fields.name);
  return {
    name,
    version: text(fields.version),
    os: list(fields.os),
    cpu: list(fields.cpu),
    libc: list(fields.libc),
    entries: [text(fields.main), ...exported(fields.exports)]
      .filter((path) => path !== null)
      .map(plainPath),
    bin: commands(fields.bin, name),
    scripts: texts(fields.scripts),
    engines: texts(fields.engines),
    dependencies: texts(fields.dependencies),
    optionalDependencies: texts(fields.optionalDependencies),
    license: isFields(fields.license) ? text(fields.license.type) : text(fields.license),
    repository: isFields(fields.repository) ? text(fields.repository.url) : text(fields.repository),
    preferUnplugged: fields.preferUnplugged === true,
    private: fields.private === true,
  };
}

/** `bin` as a text is one command, called like the package without its scope. */
function commands(value: unknown, name: string | null): Map<string, string> {
  const one = text(value);
  const given =
    one === null ? texts(value) : new Map([[(name ?? "").replace(/^@[^/]*\//, ""), one]]);
  return new Map([...given].map(([command, path]) => [command, plainPath(path)]));
}

/** No tool nests conditions as deep; a manifest that does would end whoever follows it. */
const deepestCondition = 32;

/** What `exports` answers for the package's own name, under any condition. */
function exported(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (depth > deepestCondition) return [];
  if (Array.isArray(value)) return value.flatMap((one) => exported(one, depth + 1));
  if (!isFields(value)) return [];
  const named = Object.keys(value).some((key) => key.startsWith("."));
  const answers = named ? [value["."]] : Object.values(value);
  return answers.flatMap((one) => exported(one, depth + 1));
}

/** As npm writes paths into a tarball: no `./` in front, no doubled slashes. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function list(value: unknown): string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  const words = value.filter((word): word is string => typeof word === "string");
  return words.length === 0 ? null : words;
}

function texts(value: unknown): Map<string, string> {
  if (!isFields(value)) return new Map();
  return new Map(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
