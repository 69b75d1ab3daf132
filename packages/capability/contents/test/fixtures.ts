import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeTarGz, writeZip } from "@multiarch/archive";
import { temporaryFolder } from "../../../../test/support/temporary.ts";
import { type Contents, type ReadContentsOptions, readContents } from "../src/index.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes a file into a new folder. */
export async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** A zip or `.tar.gz`, by its name, of our own writers. Programs, by their first bytes or names, get 0755. */
export async function packed(name: string, files: Files): Promise<string> {
  const path = join(await temporaryFolder(), name);
  const entries = Object.entries(files).map(([entry, content]) => ({
    name: entry,
    mode: typeof content === "string" ? (0o644 as const) : (0o755 as const),
    content: typeof content === "string" ? Buffer.from(content) : content,
  }));
  const write = /\.(?:whl|zip)$/.test(name) ? writeZip : writeTarGz;
  await write(path, entries, { epoch: 1_700_000_000, keepOrder: true });
  return path;
}

/** Reads a file; whatever was put on disk meanwhile must be gone. */
export async function read(
  path: string,
  options: Omit<ReadContentsOptions, "temporaryFolder"> = {},
): Promise<Contents> {
  const folder = await temporaryFolder();
  const contents = await readContents(path, { ...options, temporaryFolder: folder });
  const left = await readdir(folder);
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  return contents;
}

/** The contents, which must be of this kind. */
export function expectKind<Kind extends Contents["kind"]>(
  contents: Contents,
  kind: Kind,
): Extract<Contents, { kind: Kind }> {
  if (contents.kind !== kind) throw new Error(`expected ${kind}, found ${contents.kind}`);
  return contents as Extract<Contents, { kind: Kind }>;
}
