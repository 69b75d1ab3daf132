import type { Reader } from "../reader.ts";

export interface Directory {
  /** Relative to the start of the image in memory; of the certificates: an offset in the file. */
  readonly address: number;
  readonly size: number;
}

interface PeSection {
  readonly address: number;
  /** Bytes in the file, which may be fewer than in memory. */
  readonly size: number;
  readonly offset: number;
  readonly sizeInMemory: number;
}

/** The headers of a PE image. */
export interface Image {
  readonly machine: number;
  readonly characteristics: number;
  readonly bits: 32 | 64;
  readonly subsystem: number;
  readonly directories: readonly Directory[];
  /**
   * Where an address of the image lies in the file; `zeros` where a section has memory but no bytes (files of debug
   * information keep their tables so); `null` when no section brings it.
   */
  fileOffset(address: number): number | "zeros" | null;
}

/** The Windows loader takes at most this many sections. */
const mostSections = 96;
const mostDirectories = 16;

/**
 * @throws UserError MA601 for a DOS program, MA602 for a file that is cut off or contradicts itself
 */
export async function readImage(file: Reader): Promise<Image> {
  const dos = await file.fields(0, 64, "the DOS header", true);
  const start = dos.u32(60);
  const signature = start + 4 <= file.size ? await file.bytes(start, 4) : null;
  if (signature === null || String.fromCharCode(...signature) !== "PE\0\0") {
    file.refuse("a DOS program, or a Windows program without its header");
  }
  const coff = await file.fields(start + 4, 20, "the COFF header", true);
  const optionalStart = start + 24;
  const optionalSize = coff.u16(16);
  if (optionalSize < 2) file.fail("the optional header is missing");
  const magic = (await file.fields(optionalStart, 2, "the optional header", true)).u16(0);
  const bits = magic === 0x10b ? 32 : magic === 0x20b ? 64 : null;
  if (bits === null) file.fail("the optional header has an unknown magic");
  const fixed = bits === 64 ? 112 : 96;
  if (optionalSize < fixed) file.fail("the optional header is too short");
  const optional = await file.fields(optionalStart, fixed, "the optional header", true);
  const fitting = Math.floor((optionalSize - fixed) / 8);
  const directoryCount = Math.min(optional.u32(fixed - 4), fitting, mostDirectories);
  const directories: Directory[] = [];
  for (let index = 0; index < directoryCount; index++) {
    const offset = optionalStart + fixed + index * 8;
    const entry = await file.fields(offset, 8, "a data directory", true);
    directories.push({ address: entry.u32(0), size: entry.u32(4) });
  }
  const sections = await readSections(file, optionalStart + optionalSize, coff.u16(2));
  const headersSize = optional.u32(60);
  return {
    machine: coff.u16(0),
    characteristics: coff.u16(18),
    bits,
    subsystem: optional.u16(68),
    directories,
    fileOffset: (address) => {
      for (const section of sections) {
        const distance = address - section.address;
        if (distance < 0) continue;
        if (distance < section.size) return section.offset + distance;
        if (distance < section.sizeInMemory) return "zeros";
      }
      return address < headersSize ? address : null;
    },
  };
}

async function readSections(file: Reader, start: number, count: number): Promise<PeSection[]> {
  if (count > mostSections) {
    file.fail("the image has too many sections", {
      expected: `at most ${mostSections}`,
      found: String(count),
    });
  }
  const sections: PeSection[] = [];
  for (let index = 0; index < count; index++) {
    const fields = await file.fields(start + index * 40, 40, "a section header", true);
    const size = fields.u32(16);
    const offset = fields.u32(20);
    if (size > 0) file.expectRange(offset, size, "a section of the image");
    sections.push({ address: fields.u32(12), size, offset, sizeInMemory: fields.u32(8) });
  }
  return sections;
}
