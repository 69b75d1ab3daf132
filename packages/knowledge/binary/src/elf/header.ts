import type { Architecture } from "@multiarch/contracts";
import type { Fields } from "../fields.ts";
import type { Reader } from "../reader.ts";

export const elfType = { relocatable: 1, executable: 2, shared: 3, core: 4 } as const;
export const segmentType = { load: 1, dynamic: 2, interpreter: 3, note: 4 } as const;

export interface Segment {
  readonly type: number;
  readonly offset: number;
  /** As the dynamic table names places; a kernel's do not fit into a number. */
  readonly address: bigint;
  readonly fileSize: number;
  readonly align: number;
}

export interface ElfHeader {
  readonly little: boolean;
  readonly bits: 32 | 64;
  readonly osabi: number;
  readonly type: number;
  /** `null`: a machine outside our vocabulary. */
  readonly arch: Architecture | null;
  readonly flags: number;
  readonly hasEntry: boolean;
  readonly segments: readonly Segment[];
  readonly sections: { offset: number; count: number; entrySize: number; namesIndex: number };
}

/** EF_MIPS_ABI2. */
const mipsN32 = 0x20;
/** Linux refuses to start a program whose program headers take more. */
const largestSegmentTable = 65_536;

/** The fixed header and the program headers. Field places: System V ABI, chapters 4 and 5. */
export async function readElfHeader(file: Reader): Promise<ElfHeader> {
  const ident = await file.fields(0, 16, "the ELF header", true);
  const bits = ident.u8(4) === 1 ? 32 : ident.u8(4) === 2 ? 64 : null;
  const little = ident.u8(5) === 1 ? true : ident.u8(5) === 2 ? false : null;
  if (bits === null || little === null || ident.u8(6) !== 1) {
    file.fail("the ELF header has an unknown class, byte order or version");
  }
  const wide = bits === 64;
  const fields = await file.fields(0, wide ? 64 : 52, "the ELF header", little);
  const rest = wide ? 48 : 36;
  const flags = fields.u32(rest);
  const segments = await readSegments(file, {
    bits,
    little,
    offset: wide ? fields.u64(32) : fields.u32(28),
    entrySize: fields.u16(rest + 6),
    count: fields.u16(rest + 8),
  });
  return {
    little,
    bits,
    osabi: ident.u8(7),
    type: fields.u16(16),
    arch: architectureOf(fields.u16(18), bits, little, flags),
    flags,
    hasEntry: wide ? fields.big(24) !== 0n : fields.u32(24) !== 0,
    segments,
    sections: {
      offset: wide ? fields.u64(40) : fields.u32(32),
      entrySize: fields.u16(rest + 10),
      count: fields.u16(rest + 12),
      namesIndex: fields.u16(rest + 14),
    },
  };
}

interface SegmentTable {
  readonly bits: 32 | 64;
  readonly little: boolean;
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

async function readSegments(file: Reader, table: SegmentTable): Promise<Segment[]> {
  if (table.count === 0) return [];
  const least = table.bits === 64 ? 56 : 32;
  const size = table.entrySize * table.count;
  if (table.entrySize < least || size > largestSegmentTable) {
    file.fail("the program headers have an impossible size", {
      expected: `entries of at least ${least} bytes, at most ${largestSegmentTable} bytes in all`,
      found: `${table.count} entries of ${table.entrySize} bytes`,
    });
  }
  file.expectRange(table.offset, size, "the table of program headers");
  const segments: Segment[] = [];
  for (let index = 0; index < table.count; index++) {
    const offset = table.offset + index * table.entrySize;
    const fields = await file.fields(offset, least, "a program header", table.little);
    segments.push(table.bits === 64 ? wideSegment(fields) : narrowSegment(fields));
  }
  return segments;
}

function wideSegment(fields: Fields): Segment {
  return {
    type: fields.u32(0),
    offset: fields.u64(8),
    address: fields.big(16),
    fileSize: fields.u64(32),
    align: Number(fields.big(48)),
  };
}

function narrowSegment(fields: Fields): Segment {
  return {
    type: fields.u32(0),
    offset: fields.u32(4),
    address: BigInt(fields.u32(8)),
    fileSize: fields.u32(16),
    align: fields.u32(28),
  };
}

/**
 * Numbers of the ELF registry (e_machine), each in the class and byte order that it runs in. The 32-bit ABIs of 64-bit processors (x32, ILP32, MIPS n32) need kernels and
 * libraries of their own and are none of our architectures.
 */
function architectureOf(
  machine: number,
  bits: 32 | 64,
  little: boolean,
  flags: number,
): Architecture | null {
  const wide = bits === 64;
  switch (machine) {
    case 3:
      return !wide && little ? "ia32" : null;
    case 62:
      return wide && little ? "x64" : null;
    case 40:
      return !wide && little ? "arm" : null;
    case 183:
      return wide && little ? "arm64" : null;
    case 243:
      return wide && little ? "riscv64" : null;
    case 21:
      if (!wide) return null;
      return little ? "ppc64le" : "ppc64";
    case 22:
      return wide && !little ? "s390x" : null;
    case 258:
      return wide && little ? "loong64" : null;
    case 8:
      if (wide) return little ? "mips64el" : "mips64";
      if ((flags & mipsN32) !== 0) return null;
      return little ? "mipsel" : "mips";
    default:
      return null;
  }
}
