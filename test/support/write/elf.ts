import { ByteWriter } from "./bytes.ts";

export interface ElfNote {
  name: string;
  type: number;
  content: Uint8Array;
  /** OpenHarmony writes the name without padding. */
  unpadded?: boolean;
}

export interface ElfSection {
  name: string;
  type: number;
  content: Uint8Array;
}

/** An ELF file to be written; what is left out is not in it. */
export interface ElfPlan {
  bits?: 32 | 64;
  little?: boolean;
  osabi?: number;
  /** 1 object, 2 program, 3 library or position-independent program, 4 core dump. */
  type?: number;
  machine?: number;
  flags?: number;
  entry?: number;
  /** Machine code (and its data) that the file starts with, unless `entry` says otherwise. */
  code?: Uint8Array;
  interpreter?: string;
  needed?: string[];
  soname?: string;
  rpath?: string;
  runpath?: string;
  /** Version nodes by library. */
  versions?: Record<string, string[]>;
  relr?: boolean;
  pie?: boolean;
  debugTag?: boolean;
  notes?: ElfNote[];
  noteAlign?: 4 | 8;
  /** `null`: no section table. */
  sections?: ElfSection[] | null;
}

const base = 0x40_0000;

/** Builds the file with one loaded segment whose addresses differ from its offsets. */
export function writeElf(plan: ElfPlan = {}): Uint8Array {
  const bits = plan.bits ?? 64;
  const little = plan.little ?? true;
  const wide = bits === 64;
  const headerSize = wide ? 64 : 52;
  const segmentSize = wide ? 56 : 32;
  const dynamicPlan = [plan.needed, plan.soname, plan.rpath, plan.runpath, plan.versions];
  const hasDynamic =
    dynamicPlan.some((part) => part !== undefined) || plan.relr || plan.pie || plan.debugTag;
  const segmentCount =
    1 + (plan.interpreter === undefined ? 0 : 1) + (hasDynamic ? 1 : 0) + (plan.notes ? 1 : 0);

  const body = new ByteWriter(little).padTo(headerSize + segmentCount * segmentSize);
  const segments: { type: number; offset: number; size: number; align: number }[] = [];
  const segment = (type: number, offset: number, align: number): void => {
    segments.push({ type, offset, size: body.length - offset, align });
  };

  if (plan.interpreter !== undefined) {
    const offset = body.length;
    body.text(`${plan.interpreter}\0`).align(8);
    segment(3, offset, 1);
  }
  if (plan.notes !== undefined) {
    const offset = body.length;
    const align = plan.noteAlign ?? 4;
    for (const note of plan.notes) {
      body
        .u32(note.name.length + 1)
        .u32(note.content.length)
        .u32(note.type);
      body.text(`${note.name}\0`);
      if (!note.unpadded) body.align(align);
      body.bytes(note.content);
      if (!note.unpadded) body.align(align);
    }
    segment(4, offset, align);
    body.align(8);
  }
  if (hasDynamic) {
    const dynamic = writeDynamic(plan, bits, little, body);
    segment(2, dynamic, 8);
  }

  const code = writeCode(plan, body);
  const table = plan.sections === null ? null : writeSections(plan.sections ?? [], bits, body);
  const header = new ByteWriter(little)
    .text("\x7fELF")
    .u8(wide ? 2 : 1, little ? 1 : 2, 1, plan.osabi ?? 0)
    .padTo(16)
    .u16(plan.type ?? 2)
    .u16(plan.machine ?? 62)
    .u32(1)
    .word(bits, plan.entry ?? (code === null ? 0 : base + code))
    .word(bits, headerSize)
    .word(bits, table?.offset ?? 0)
    .u32(plan.flags ?? 0)
    .u16(headerSize)
    .u16(segmentSize)
    .u16(segmentCount)
    .u16(wide ? 64 : 40)
    .u16(table?.count ?? 0)
    .u16(table?.namesIndex ?? 0);
  const loaded = { type: 1, offset: 0, size: body.length, align: 4096 };
  for (const { type, offset, size, align } of [loaded, ...segments]) {
    header.u32(type);
    if (wide) header.u32(5);
    header
      .word(bits, offset)
      .word(bits, base + offset)
      .word(bits, base + offset);
    header.word(bits, size).word(bits, size);
    if (!wide) header.u32(5);
    header.word(bits, align);
  }
  const bytes = body.done();
  bytes.set(header.done());
  return bytes;
}

function writeCode({ code }: ElfPlan, body: ByteWriter): number | null {
  if (code === undefined) return null;
  const offset = body.align(16).length;
  body.bytes(code).align(8);
  return offset;
}

function writeDynamic(plan: ElfPlan, bits: 32 | 64, little: boolean, body: ByteWriter): number {
  const strings = new ByteWriter().u8(0);
  const place = (text: string): number => {
    const offset = strings.length;
    strings.text(`${text}\0`);
    return offset;
  };
  const entries: [number, number][] = [];
  for (const name of plan.needed ?? []) entries.push([1, place(name)]);
  if (plan.soname !== undefined) entries.push([14, place(plan.soname)]);
  if (plan.rpath !== undefined) entries.push([15, place(plan.rpath)]);
  if (plan.runpath !== undefined) entries.push([29, place(plan.runpath)]);
  if (plan.relr) entries.push([36, base]);
  if (plan.debugTag) entries.push([21, 0]);
  if (plan.pie) entries.push([0x6ffffffb, 0x08000001]);

  const libraries = Object.entries(plan.versions ?? {});
  if (libraries.length > 0) {
    const needs = new ByteWriter(little);
    for (const [index, [library, nodes]] of libraries.entries()) {
      const last = index === libraries.length - 1;
      needs.u16(1).u16(nodes.length).u32(place(library)).u32(16);
      needs.u32(last ? 0 : 16 + 16 * nodes.length);
      for (const [number, node] of nodes.entries()) {
        needs.u32(0).u16(0).u16(2).u32(place(node));
        needs.u32(number === nodes.length - 1 ? 0 : 16);
      }
    }
    entries.push([0x6ffffffe, base + body.length], [0x6fffffff, libraries.length]);
    body.bytes(needs.done()).align(8);
  }
  entries.push([5, base + body.length], [10, strings.length]);
  body.bytes(strings.done()).align(8);
  const offset = body.length;
  for (const [tag, value] of [...entries, [0, 0] as const]) body.word(bits, tag).word(bits, value);
  return offset;
}

function writeSections(
  sections: ElfSection[],
  bits: 32 | 64,
  body: ByteWriter,
): { offset: number; count: number; namesIndex: number } {
  const names = new ByteWriter().u8(0);
  const rows = [{ name: 0, type: 0, offset: 0, size: 0 }];
  for (const section of sections) {
    rows.push({
      name: names.length,
      type: section.type,
      offset: body.align(8).length,
      size: section.content.length,
    });
    names.text(`${section.name}\0`);
    body.bytes(section.content);
  }
  const namesRow = { name: names.length, type: 3, offset: body.length, size: 0 };
  names.text(".shstrtab\0");
  rows.push({ ...namesRow, size: names.length });
  body.bytes(names.done()).align(8);
  const offset = body.length;
  for (const row of rows) {
    body.u32(row.name).u32(row.type).word(bits, 0).word(bits, 0);
    body.word(bits, row.offset).word(bits, row.size);
    body.u32(0).u32(0).word(bits, 1).word(bits, 0);
  }
  return { offset, count: rows.length, namesIndex: rows.length - 1 };
}
