import { createHash } from "node:crypto";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";

/** One file of a tool's tree. */
export interface ManifestFile {
  /** Relative to the tree, with `/`. */
  readonly name: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly executable: boolean;
}

/** What a tool consists of; lies beside its tree as `manifest.json`. */
export interface Manifest {
  readonly schema: "multiarch.tool/1";
  /** The hash that was known before the tool was fetched, as the table writes it. */
  readonly pinned: string;
  /** Sorted by the bytes of their names. */
  readonly files: readonly ManifestFile[];
}

export const byName = (left: { name: string }, right: { name: string }): number =>
  Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));

/** Null for anything that this version did not write. */
export function parseManifest(text: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off by a full disk or a power cut: as good as absent.
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { schema, pinned, files } = value as Partial<Record<keyof Manifest, unknown>>;
  if (schema !== "multiarch.tool/1" || typeof pinned !== "string" || !Array.isArray(files)) {
    return null;
  }
  return files.every(isManifestFile) ? { schema, pinned, files } : null;
}

function isManifestFile(value: unknown): value is ManifestFile {
  if (typeof value !== "object" || value === null) return false;
  const { name, size, sha256, executable } = value as Partial<Record<keyof ManifestFile, unknown>>;
  return (
    typeof name === "string" &&
    typeof size === "number" &&
    typeof sha256 === "string" &&
    typeof executable === "boolean"
  );
}

/**
 * Compares a tree with its manifest, every byte: the tree will be executed, and a restored cache or half a copy may be what lies there.
 * Returns the first difference, or null. Extra files are differences too: a compiler reads what it finds.
 */
export async function differenceFromManifest(
  tree: string,
  manifest: Manifest,
): Promise<string | null> {
  const found = await filesBelow(tree);
  if (typeof found === "string") return found;
  const expected = new Map(manifest.files.map((file) => [file.name, file]));
  const extra = found.find((name) => !expected.has(name));
  if (extra !== undefined) return `${extra} does not belong there`;
  if (found.length !== expected.size) {
    const present = new Set(found);
    return `${[...expected.keys()].find((name) => !present.has(name))} is missing`;
  }
  const queue = [...manifest.files];
  let difference: string | null = null;
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined && difference === null; file = queue.pop()) {
      difference = (await differenceOf(join(tree, file.name), file)) ?? difference;
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return difference;
}

async function differenceOf(path: string, file: ManifestFile): Promise<string | null> {
  const handle = await open(path, "r");
  try {
    const { size, mode } = await handle.stat();
    if (size !== file.size) return `${file.name} has ${size} bytes instead of ${file.size}`;
    // Windows knows no executable bit.
    if (process.platform !== "win32" && ((mode & 0o111) !== 0) !== file.executable) {
      return `${file.name} has mode ${(mode & 0o777).toString(8)}`;
    }
    const sha256 = createHash("sha256")
      .update(await handle.readFile())
      .digest("hex");
    return sha256 === file.sha256 ? null : `${file.name} has other bytes`;
  } finally {
    await handle.close();
  }
}

/** What a tree consists of, by reading all of it. @throws UserError MA354 for links and other things that are no files. */
export async function filesOf(tree: string): Promise<ManifestFile[]> {
  const names = await filesBelow(tree);
  if (typeof names === "string") {
    throw new UserError("MA354", {
      what: "a fetched tool has another layout than files and folders",
      found: names,
      where: tree,
    });
  }
  const files: ManifestFile[] = [];
  for (const name of names) {
    const handle = await open(join(tree, name), "r");
    try {
      const { size, mode } = await handle.stat();
      const sha256 = createHash("sha256")
        .update(await handle.readFile())
        .digest("hex");
      files.push({ name, size, sha256, executable: (mode & 0o111) !== 0 });
    } finally {
      await handle.close();
    }
  }
  return files;
}

/** Names of the regular files below a folder, or what is wrong with it. */
async function filesBelow(root: string): Promise<string[] | string> {
  if (!(await lstat(root)).isDirectory()) return "the tree is no folder";
  const names: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const name = `${folder}${entry.name}`;
      if (entry.isDirectory()) folders.push(`${name}/`);
      else if (entry.isFile()) names.push(name);
      else return `${name} is neither file nor folder`;
    }
  }
  return names;
}
