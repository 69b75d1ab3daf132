import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileSource, hashFile } from "@multiarch/archive";
import { readFacts } from "@multiarch/binary";
import { type Facts, type Leg, type LegFile, serialize } from "@multiarch/contracts";
import { legDocument } from "./artifact.ts";
import type { BuiltFile } from "./builder.ts";

/** Facts of a file on disk, read from its bytes. */
export async function factsOf(path: string): Promise<Facts> {
  const source = await fileSource(path);
  try {
    return await readFacts(source, path);
  } finally {
    await source.close();
  }
}

/** Describes a built file by its bytes. `path` in the leg is `files/<package>/<name>`. */
export async function describeFile(built: BuiltFile, relative: string): Promise<LegFile> {
  const mode = built.kind === "executable" ? 0o755 : 0o644;
  await chmod(built.path, mode);
  const { size, sha256 } = await hashFile(built.path);
  return {
    id: fileId(built),
    package: built.package,
    kind: built.kind,
    path: relative,
    size,
    mode: `0${mode.toString(8)}`,
    sha256,
    facts: await factsOf(built.path),
  };
}

/** Ids match `[a-z0-9-]{1,64}`, while names of commands may hold more. An addon may be called as a command is. */
function fileId({ bin, kind }: BuiltFile): string {
  const ending = kind === "addon" ? "-node" : "";
  const name = bin.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-") || "file";
  return name.slice(0, 64 - ending.length) + ending;
}

export async function writeLeg(folder: string, leg: Leg): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, legDocument), serialize(leg));
}

export async function readLegBytes(folder: string): Promise<Uint8Array> {
  return readFile(join(folder, legDocument));
}

/** A failed leg uploads its document alone: half-made files would only be mistaken for results. */
export async function dropFiles(folder: string): Promise<void> {
  await rm(join(folder, "files"), { recursive: true, force: true });
}
