import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveEntry, type WrittenFile, writeZip } from "@multiarch/archive";
import { entryPointsFile } from "./entry-points.ts";
import { metadataFile } from "./metadata.ts";
import { checkRequiresPython, normalizedName, wheelFileName } from "./names.ts";
import { type RecordedFile, recordFile } from "./record.ts";
import type { FullTags, PackageFile, PackageMeta, WheelSettings } from "./types.ts";
import { pep440Version } from "./version.ts";
import { wheelFile } from "./wheel-file.ts";

export interface WheelParts {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  readonly tags: FullTags;
  /** What the wheel carries; `data`: the name of its folder of scripts. */
  readonly payload: (names: { readonly name: string; readonly data: string }) => ArchiveEntry[];
  /** Groups of names and objects that the payload really has. */
  readonly entryPoints: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outputFolder: string;
}

export interface WrittenWheel extends Pick<WrittenFile, "path" | "size" | "sha256"> {
  /** Normalised. */
  readonly name: string;
  /** PEP 440. */
  readonly version: string;
}

/**
 * Writes a wheel around its payload: METADATA, WHEEL, licences, entry points, and RECORD at the very end.
 * @throws UserError MA821 the version, MA823 the name, MA826 `requires-python`
 */
export async function writeWheel(parts: WheelParts): Promise<WrittenWheel> {
  const { settings, meta, tags, outputFolder } = parts;
  checkRequiresPython(settings);
  const name = normalizedName(settings.name);
  const version = pep440Version(meta.version);
  const entries = [
    ...parts.payload({ name, data: `${name}-${version}.data` }),
    ...informationFiles(parts, version, `${name}-${version}.dist-info`),
  ];
  const record = `${name}-${version}.dist-info/RECORD`;
  const content = recordFile(entries.map(recorded), record);
  const all: ArchiveEntry[] = [...entries, { name: record, mode: 0o644, content }];
  await mkdir(outputFolder, { recursive: true });
  const out = join(outputFolder, wheelFileName(name, version, tags));
  // Installers stream: what describes the wheel comes last.
  const { path, size, sha256 } = await writeZip(out, all, { epoch: meta.epoch, keepOrder: true });
  return { path, size, sha256, name, version };
}

function informationFiles(
  { settings, meta, tags, entryPoints }: WheelParts,
  version: string,
  folder: string,
): ArchiveEntry[] {
  const commands = entryPointsFile(entryPoints);
  const files: PackageFile[] = [
    { name: "METADATA", content: metadataFile(settings, meta, version) },
    { name: "WHEEL", content: wheelFile(tags) },
    ...(commands === null ? [] : [{ name: "entry_points.txt", content: commands }]),
    ...meta.licenses.map(({ name, content }) => ({ name: `licenses/${name}`, content })),
  ];
  return files.map((file) => ({
    mode: 0o644,
    name: `${folder}/${file.name}`,
    content: file.content,
  }));
}

function recorded({ name, content }: ArchiveEntry): RecordedFile {
  if (content instanceof Uint8Array) {
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { name, sha256, size: content.byteLength };
  }
  return { name, sha256: content.sha256, size: content.size };
}
