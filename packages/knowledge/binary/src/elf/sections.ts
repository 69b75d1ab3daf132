import type { Reader } from "../reader.ts";
import type { ElfHeader } from "./header.ts";

export interface Section {
  readonly offset: number;
  readonly size: number;
}

/** What only section headers tell. A file may lack them and still run, so every field may be unknown. */
export interface Sections {
  /** `null` without a section table. */
  readonly stripped: boolean | null;
  readonly armAttributes: Section | null;
  readonly goBuildInfo: Section | null;
}

const sectionType = { symbolTable: 2, nobits: 8, armAttributes: 0x70000003 } as const;
/** Files with more have a section for each function; names are not worth looking up there. */
const mostNamed = 512;

/** @throws UserError MA602 when the section table is not inside the file: it is last, so the file was cut off */
export async function readSections(file: Reader, header: ElfHeader): Promise<Sections> {
  const table = header.sections;
  const wide = header.bits === 64;
  const least = wide ? 64 : 40;
  let stripped: boolean | null = null;
  let armAttributes: Section | null = null;
  let goBuildInfo: Section | null = null;
  if (table.offset === 0) return { stripped, armAttributes, goBuildInfo };
  if (table.entrySize < least) {
    // Some tools clear the other fields and forget this one.
    if (table.count === 0) return { stripped, armAttributes, goBuildInfo };
    file.fail("the section headers have an impossible size");
  }
  const read = async (index: number) => {
    const fields = await file.fields(
      table.offset + index * table.entrySize,
      least,
      "the section table",
      header.little,
    );
    return {
      name: fields.u32(0),
      type: fields.u32(4),
      offset: wide ? fields.u64(24) : fields.u32(16),
      size: wide ? fields.u64(32) : fields.u32(20),
    };
  };

  // From 65 280 sections on, the true number stands in the first entry.
  const count = table.count === 0 ? (await read(0)).size : table.count;
  file.expectRange(table.offset, count * table.entrySize, "the section table");
  const names =
    count <= mostNamed && table.namesIndex < count ? await read(table.namesIndex) : null;
  stripped = true;
  for (let index = 1; index < count; index++) {
    const section = await read(index);
    const { offset, size } = section;
    if (section.type === sectionType.symbolTable) stripped = false;
    if (section.type === sectionType.armAttributes) armAttributes = { offset, size };
    if (names === null || section.type === sectionType.nobits) continue;
    const name = await file.bytes(names.offset + section.name, goName.length);
    if (String.fromCharCode(...name) === goName) goBuildInfo = { offset, size };
  }
  return { stripped, armAttributes, goBuildInfo };
}

const goName = ".go.buildinfo\0";
