import type { Reader } from "../reader.ts";
import { type ElfHeader, segmentType } from "./header.ts";

const tag = {
  needed: 1,
  stringTable: 5,
  stringSize: 10,
  soname: 14,
  rpath: 15,
  debug: 21,
  runpath: 29,
  relr: 36,
  flags1: 0x6ffffffb,
  versionNeeds: 0x6ffffffe,
  versionNeedCount: 0x6fffffff,
} as const;
const flagPie = 0x08000000n;
const mostEntries = 16_384;

/** What the dynamic loader would read of the file. */
export interface DynamicTable {
  readonly needed: string[];
  readonly soname: string | null;
  /** DT_RPATH's folders, then DT_RUNPATH's, split at `:`. */
  readonly rpath: string[];
  /** DT_RELR: relocations in a form that glibc reads from 2.36 on. */
  readonly relr: boolean;
  /** Marked as a position-independent program; a linker gives DT_DEBUG to programs only. */
  readonly program: boolean;
  /** Offset in the file of the version needs. */
  readonly versionNeeds: number | null;
  readonly versionNeedCount: number;
  /** The string at an offset of the string table. */
  text(offset: number, what: string): Promise<string>;
}

/**
 * PT_DYNAMIC through the program headers: section headers may be stripped.
 * @returns `null` when the file has none.
 * @throws UserError MA602 when it points outside the file
 */
export async function readDynamic(file: Reader, header: ElfHeader): Promise<DynamicTable | null> {
  const segment = header.segments.find(({ type }) => type === segmentType.dynamic);
  if (segment === undefined || segment.fileSize === 0) return null;
  file.expectRange(segment.offset, segment.fileSize, "the dynamic table");
  const first = new Map<number, bigint>();
  const needed: number[] = [];
  for await (const [entry, value] of entries(file, header, segment.offset, segment.fileSize)) {
    if (entry === tag.needed) needed.push(Number(value));
    else if (!first.has(entry)) first.set(entry, value);
  }

  const strings = first.get(tag.stringTable);
  const start = strings === undefined ? null : fileOffset(header, strings);
  const end = start === null ? 0 : start + Number(first.get(tag.stringSize) ?? file.size);
  const text = async (offset: number, what: string): Promise<string> => {
    if (start === null) file.fail("the dynamic string table is in no segment of the file");
    return file.text(start + offset, end, what);
  };
  const named = async (wanted: number, what: string): Promise<string | null> => {
    const offset = first.get(wanted);
    return offset === undefined ? null : text(Number(offset), what);
  };

  const names: string[] = [];
  for (const offset of needed) names.push(await text(offset, "the name of a needed library"));
  const paths = [await named(tag.rpath, "DT_RPATH"), await named(tag.runpath, "DT_RUNPATH")];
  const versions = first.get(tag.versionNeeds);
  return {
    needed: names,
    soname: await named(tag.soname, "DT_SONAME"),
    rpath: paths.flatMap((path) => path?.split(":") ?? []).filter((path) => path !== ""),
    relr: first.has(tag.relr),
    program: first.has(tag.debug) || ((first.get(tag.flags1) ?? 0n) & flagPie) !== 0n,
    versionNeeds: versions === undefined ? null : fileOffset(header, versions),
    versionNeedCount: Number(first.get(tag.versionNeedCount) ?? 0n),
    text,
  };
}

async function* entries(
  file: Reader,
  header: ElfHeader,
  offset: number,
  size: number,
): AsyncGenerator<[tag: number, value: bigint]> {
  const wide = header.bits === 64;
  const length = wide ? 16 : 8;
  const count = Math.floor(size / length);
  for (let index = 0; index < count; index++) {
    if (index === mostEntries) file.fail("the dynamic table has more entries than any real file's");
    const fields = await file.fields(
      offset + index * length,
      length,
      "a dynamic entry",
      header.little,
    );
    const entry = Number(wide ? fields.big(0) : fields.u32(0));
    if (entry === 0) return;
    yield [entry, wide ? fields.big(8) : BigInt(fields.u32(4))];
  }
}

/** Where the loader would find an address in the file; `null` when no segment brings it. */
function fileOffset(header: ElfHeader, address: bigint): number | null {
  for (const { type, address: start, fileSize, offset } of header.segments) {
    if (type !== segmentType.load) continue;
    if (address >= start && address < start + BigInt(fileSize)) {
      return offset + Number(address - start);
    }
  }
  return null;
}
