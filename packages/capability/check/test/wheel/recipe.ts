import { createHash } from "node:crypto";
import type {
  Member,
  Refusal,
  SdistContents,
  WheelContents,
  ZipAccount,
  ZipEntryAccount,
} from "@multiarch/contents";
import type { Facts } from "@multiarch/contracts";

/** A file of a package that a test makes: in memory as `Contents`, on disk as a member of an archive. */
export interface RecipeFile {
  readonly path: string;
  readonly text: string;
  /** Of a native file; its text is not looked at then. */
  readonly facts?: Facts;
  readonly damage?: string;
  /** File type and permissions, octal. */
  readonly mode?: string;
  readonly entry?: Partial<ZipEntryAccount>;
}

export interface Recipe {
  readonly name: string;
  readonly files: readonly RecipeFile[];
  readonly size?: number;
  readonly zip?: Partial<ZipAccount>;
  readonly refusals?: readonly Refusal[];
}

/** What differs from a wheel in which everything is right. */
export interface WheelChanges {
  /** Behind name and version; `py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64` unless given. */
  readonly tag?: string;
  /** The whole file name. */
  readonly name?: string;
  readonly project?: string;
  readonly version?: string;
  /** The dist-info folder, without its ending. */
  readonly folder?: string;
  /** Native files by path. */
  readonly natives?: Readonly<Record<string, Facts>>;
  readonly files?: readonly RecipeFile[];
  /** Lines of WHEEL and METADATA; `null`: no such file. */
  readonly wheel?: (lines: readonly string[]) => readonly string[] | null;
  readonly metadata?: (lines: readonly string[]) => readonly string[] | null;
  readonly record?: (lines: readonly string[]) => readonly string[] | null;
  readonly size?: number;
  readonly zip?: Partial<ZipAccount>;
  readonly refusals?: readonly Refusal[];
}

export const usualTag = "py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64";

/** A wheel that nothing is wrong with, but for the changes. */
export function wheel(changes: WheelChanges = {}): Recipe {
  const { tag = usualTag, project = "demo", version = "1.0" } = changes;
  const folder = `${changes.folder ?? `${project}-${version}`}.dist-info`;
  const [pythons = "", abis = "", platforms = ""] = tag.split("-").slice(-3);
  const tags = pythons
    .split(".")
    .flatMap((python) =>
      abis
        .split(".")
        .flatMap((abi) =>
          platforms.split(".").map((platform) => `Tag: ${python}-${abi}-${platform}`),
        ),
    );
  const wheelLines = ["Wheel-Version: 1.0", "Generator: test", "Root-Is-Purelib: false", ...tags];
  const metadataLines = ["Metadata-Version: 2.1", `Name: ${project}`, `Version: ${version}`];
  const files: RecipeFile[] = Object.entries(changes.natives ?? {}).map(([path, facts]) => ({
    path,
    text: "native",
    facts,
    mode: "0100755",
  }));
  files.push(...(changes.files ?? []));
  const add = (name: string, lines: readonly string[] | null): void => {
    if (lines !== null) files.push({ path: `${folder}/${name}`, text: `${lines.join("\n")}\n` });
  };
  add("METADATA", (changes.metadata ?? same)(metadataLines));
  add("WHEEL", (changes.wheel ?? same)(wheelLines));
  const record = files.map(({ path, text }) => {
    const bytes = Buffer.from(text);
    const hash = createHash("sha256").update(bytes).digest("base64url");
    return `${path.includes(",") ? `"${path}"` : path},sha256=${hash},${bytes.length}`;
  });
  add("RECORD", (changes.record ?? same)([...record, `${folder}/RECORD,,`]));
  const { size, zip, refusals } = changes;
  return {
    name: changes.name ?? `${project}-${version}-${tag}.whl`,
    files,
    ...(size === undefined ? {} : { size }),
    ...(zip === undefined ? {} : { zip }),
    ...(refusals === undefined ? {} : { refusals }),
  };
}

function same(lines: readonly string[]): readonly string[] {
  return lines;
}

export function wheelContents(recipe: Recipe): WheelContents {
  const zip = { entries: recipe.files.map(entryOf), commentSize: 0, zip64RecordSize: null };
  return { kind: "wheel", ...packed(recipe), zip: { ...zip, ...recipe.zip } };
}

export function sdistContents(recipe: Recipe): SdistContents {
  return { kind: "sdist", ...packed(recipe) };
}

function packed({ name, files, size = 1000, refusals = [] }: Recipe) {
  const texts = new Map(
    files
      .filter(({ path }) => /\.dist-info\/|\/PKG-INFO$|\/pyproject\.toml$/.test(path))
      .map(({ path, text }) => [path, new TextEncoder().encode(text)]),
  );
  return {
    path: `dist/${name}`,
    name,
    size,
    sha256: "0".repeat(64),
    members: files.filter(({ path }) => !path.endsWith("/")).map(memberOf),
    texts,
    refusals,
  };
}

function memberOf({ path, text, facts, damage, mode = "0100644" }: RecipeFile): Member {
  const bytes = Buffer.from(text);
  return {
    path,
    mode: `0${mode.slice(-3)}`,
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    facts: facts ?? null,
    damage: damage === undefined ? null : { id: "MA602", text: damage },
  };
}

function entryOf({ path, text, mode = "0100644", entry }: RecipeFile): ZipEntryAccount {
  const size = Buffer.byteLength(text);
  return {
    name: path,
    method: 0,
    flags: 0,
    creator: 3,
    externalAttributes: (Number.parseInt(mode, 8) << 16) >>> 0,
    extraIds: [],
    packedSize: size,
    size,
    commentSize: 0,
    ...entry,
  };
}

/** A refusal as the archive's reader makes them. */
export function refusal(reason: Refusal["reason"], member: string | null = null): Refusal {
  return {
    id: "MA409",
    reason,
    member,
    text: `broken: ${reason}`,
    expected: "",
    found: "",
  };
}
