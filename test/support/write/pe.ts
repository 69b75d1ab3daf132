import { ByteWriter } from "./bytes.ts";

export interface PePlan {
  machine?: number;
  bits?: 32 | 64;
  library?: boolean;
  subsystem?: number;
  imports?: string[];
  signed?: boolean;
  hybrid?: boolean;
}

const sectionAddress = 0x1000;
const sectionOffset = 0x400;

export function writePe(plan: PePlan = {}): Uint8Array {
  const bits = plan.bits ?? 64;
  const section = new ByteWriter();
  const imports = writeImports(plan.imports ?? [], section);
  const configuration = section.align(8).length;
  section
    .u32(208)
    .padTo(configuration + 200)
    .u64(plan.hybrid ? 0x1_4000_0000 : 0);
  section.align(512);
  const end = sectionOffset + section.length;

  const optionalSize = (bits === 64 ? 112 : 96) + 16 * 8;
  const file = new ByteWriter().text("MZ").padTo(60).u32(64).text("PE\0\0");
  file
    .u16(plan.machine ?? 0x8664)
    .u16(1)
    .u32(0)
    .u32(0)
    .u32(0)
    .u16(optionalSize);
  file.u16(plan.library ? 0x2022 : 0x22);
  const optional = new ByteWriter()
    .u16(bits === 64 ? 0x20b : 0x10b)
    .padTo(60)
    .u32(sectionOffset);
  optional.u32(0).u16(plan.subsystem ?? 3);
  optional.padTo(bits === 64 ? 108 : 92).u32(16);
  const directories = new Map<number, [number, number]>([
    [1, plan.imports ? [sectionAddress + imports, 20] : [0, 0]],
    [4, plan.signed ? [end, 8] : [0, 0]],
    [10, bits === 64 ? [sectionAddress + configuration, 208] : [0, 0]],
  ]);
  for (let index = 0; index < 16; index++) {
    const [address, size] = directories.get(index) ?? [0, 0];
    optional.u32(address).u32(size);
  }
  file.bytes(optional.done());
  file.text(".rdata\0\0").u32(section.length).u32(sectionAddress).u32(section.length);
  file.u32(sectionOffset).padTo(sectionOffset).bytes(section.done());
  if (plan.signed) file.u32(8).u16(0x200).u16(2);
  return file.done();
}

function writeImports(names: string[], section: ByteWriter): number {
  const places: number[] = [];
  for (const name of names) {
    places.push(section.length);
    section.text(`${name}\0`);
  }
  const start = section.align(4).length;
  for (const place of places) {
    section
      .u32(0)
      .u32(0)
      .u32(0)
      .u32(sectionAddress + place)
      .u32(0);
  }
  section.padTo(section.length + 20);
  return start;
}
