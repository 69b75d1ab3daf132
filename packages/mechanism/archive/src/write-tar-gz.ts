import { crc32 } from "node:zlib";
import { crc32Combine } from "./crc32.ts";
import { changed, deflateBytes, finalBlock } from "./deflate.ts";
import { contentSize, packedSizes, prepareEntries } from "./entries.ts";
import { readRange, withSource } from "./files.ts";
import { type Output, writeAside } from "./output.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar-header.ts";
import type { ArchiveEntry, Deflated, WriteOptions, WrittenFile } from "./types.ts";

/** No name, no time, no flags; the last byte says "unknown system", where zlib would write the host's. */
const gzipHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** Plain bytes are compressed together up to this size: many small files then cost little. */
const pendingBytes = 512 * 1024;

/**
 * Writes a `.tar.gz` whose bytes depend on names, modes, contents and `epoch` only: ustar, sorted by the bytes of the
 * names, owner 0, one gzip member. Files that were deflated before are spliced in as they are. `out` is replaced at the
 * end or not at all. Throws `UserError` MA403, MA404 (names), MA411 (cannot write), MA413 (a file changed).
 */
export async function writeTarGz(
  out: string,
  entries: readonly ArchiveEntry[],
  options: WriteOptions,
): Promise<WrittenFile> {
  const sorted = prepareEntries(out, entries, options);
  return writeAside(out, { needed: packedSizes(sorted) }, async (output) => {
    const gzip = new SplicedGzip(output);
    await gzip.begin();
    for (const entry of sorted) {
      const size = contentSize(entry);
      const { name, mode, content } = entry;
      await gzip.add(tarHeader({ name, mode, size, time: options.epoch }));
      if (content instanceof Uint8Array) await gzip.add(content);
      else await gzip.splice(content);
      await gzip.add(tarPadding(size));
    }
    await gzip.add(tarEnd());
    await gzip.end();
  });
}

/** A gzip member that is put together from deflate segments. */
class SplicedGzip {
  readonly #output: Output;
  #pending: Uint8Array[] = [];
  #pendingSize = 0;
  #checksum = 0;
  #size = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  begin(): Promise<void> {
    return this.#output.write(gzipHeader);
  }

  async add(bytes: Uint8Array): Promise<void> {
    // An empty array without memory behind it (TextEncoder makes them) would set the checksum back: Node 20 and 22.
    if (bytes.length === 0) return;
    this.#checksum = crc32(bytes, this.#checksum);
    this.#size += bytes.length;
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
    if (this.#pendingSize >= pendingBytes) await this.#flush();
  }

  async splice(file: Deflated): Promise<void> {
    await this.#flush();
    await copySegment(file, this.#output);
    this.#checksum = crc32Combine(this.#checksum, file.crc32, file.size);
    this.#size += file.size;
  }

  async end(): Promise<void> {
    await this.#flush();
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#checksum, 0);
    trailer.writeUInt32LE(this.#size % 2 ** 32, 4);
    await this.#output.write(finalBlock);
    await this.#output.write(trailer);
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingSize = 0;
    for await (const segment of deflateBytes(bytes)) await this.#output.write(segment);
  }
}

/** Copies the compressed bytes of a file. Throws `UserError` MA413 when they are not as long as they were. */
export async function copySegment(file: Deflated, output: Output): Promise<void> {
  await withSource(file.rawPath, async (source) => {
    if (source.size !== file.rawSize) throw changed(file.rawPath);
    let copied = 0;
    for await (const chunk of readRange(source, 0, source.size)) {
      await output.write(chunk);
      copied += chunk.length;
    }
    if (copied !== file.rawSize) throw changed(file.rawPath);
  });
}
