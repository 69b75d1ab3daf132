import { crc32 } from "node:zlib";
import { UserError } from "@multiarch/diagnostics";
import { changed, deflateBytes, finalBlock } from "./deflate.ts";
import { contentSize, packedSizes, prepareEntries } from "./entries.ts";
import { readRange, withSource } from "./files.ts";
import { type Output, writeAside } from "./output.ts";
import type { ArchiveEntry, Deflated, WriteOptions, WrittenFile } from "./types.ts";
import { copySegment } from "./write-tar-gz.ts";
import {
  type ZipEntry,
  zipCentralHeader,
  zipDosTime,
  zipEnd,
  zipLocalHeader,
} from "./zip-headers.ts";

/** Above these a zip needs its 64-bit form, which some readers (and package indexes) lack. */
const maximumEntries = 0xfffe;
const maximumBytes = 0xfffffffe;

/**
 * Writes a `.zip` whose bytes depend on names, modes, contents and `epoch` only, in the form every reader and PyPI
 * accepts: sizes and CRCs up front, no data descriptors, no extra fields, Unix modes with the file type. Files that were
 * deflated before are spliced in as they are; what does not shrink is stored. `out` is replaced at the end or not at all.
 * Throws `UserError` MA403, MA404 (names), MA411 (cannot write), MA413 (a file changed), MA414 (too large for a zip).
 */
export async function writeZip(
  out: string,
  entries: readonly ArchiveEntry[],
  options: WriteOptions,
): Promise<WrittenFile> {
  const sorted = prepareEntries(out, entries, options);
  if (sorted.length > maximumEntries) throw tooLarge(out, `${sorted.length} entries`);
  for (const entry of sorted) {
    if (contentSize(entry) > maximumBytes) throw tooLarge(out, `${entry.name} has over 4 GiB`);
  }
  const time = zipDosTime(options.epoch);
  return writeAside(out, { needed: packedSizes(sorted) }, async (output) => {
    const central: Uint8Array[] = [];
    for (const { name, mode, content } of sorted) {
      const packed = content instanceof Uint8Array ? await packBytes(content) : packFile(content);
      const entry: ZipEntry = { name, mode, time, offset: output.size, ...packed };
      await output.write(zipLocalHeader(entry));
      await packed.write(output);
      if (output.size > maximumBytes) throw tooLarge(out, "over 4 GiB");
      central.push(zipCentralHeader(entry));
    }
    const offset = output.size;
    for (const header of central) await output.write(header);
    if (output.size > maximumBytes) throw tooLarge(out, "over 4 GiB");
    await output.write(zipEnd({ entries: central.length, offset, size: output.size - offset }));
  });
}

interface Packed extends Pick<ZipEntry, "method" | "crc32" | "size" | "packedSize"> {
  write(output: Output): Promise<void>;
}

async function packBytes(bytes: Uint8Array): Promise<Packed> {
  const segments: Uint8Array[] = [];
  for await (const segment of deflateBytes(bytes)) segments.push(segment);
  const deflated = Buffer.concat([...segments, finalBlock]);
  const shrinks = deflated.length < bytes.length;
  const data = shrinks ? deflated : bytes;
  return {
    method: shrinks ? "deflate" : "store",
    crc32: crc32(bytes),
    size: bytes.length,
    packedSize: data.length,
    write: (output) => output.write(data),
  };
}

function packFile(file: Deflated): Packed {
  const deflatedSize = file.rawSize + finalBlock.length;
  const shrinks = deflatedSize < file.size;
  return {
    method: shrinks ? "deflate" : "store",
    crc32: file.crc32,
    size: file.size,
    packedSize: shrinks ? deflatedSize : file.size,
    async write(output) {
      if (!shrinks) return copyFile(file, output);
      await copySegment(file, output);
      await output.write(finalBlock);
    },
  };
}

/** Copies the file itself, checked against what was read when it was deflated. */
async function copyFile(file: Deflated, output: Output): Promise<void> {
  await withSource(file.path, async (source) => {
    if (source.size !== file.size) throw changed(file.path);
    let checksum = 0;
    for await (const chunk of readRange(source, 0, source.size)) {
      checksum = crc32(chunk, checksum);
      await output.write(chunk);
    }
    if (checksum !== file.crc32) throw changed(file.path);
  });
}

function tooLarge(out: string, found: string): UserError {
  return new UserError("MA414", { what: "too much for one zip", where: out, found });
}
