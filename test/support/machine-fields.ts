import { placeOf, type SparseFile } from "./headers.ts";

/** A processor's number in a file: at one place, or at two (a slice of a fat file is listed, too). */
export interface MachineField {
  readonly places: readonly { readonly offset: number; readonly little: boolean }[];
  readonly width: 2 | 4;
  /** Processor numbers of the format. */
  readonly numbers: readonly number[];
}

const elfNumbers = [2, 3, 8, 20, 21, 22, 40, 43, 62, 183, 243, 258];
const peNumbers = [0x14c, 0x1c4, 0x200, 0x5064, 0x6264, 0x8664, 0xaa64];
const machoNumbers = [7, 12, 18, 0x01000007, 0x0100000c, 0x01000012, 0x0200000c];

/** Where a sound file names its processors. wasm has none. */
export function machineFields(file: SparseFile): MachineField[] {
  const view = (offset: number, length: number): DataView => {
    const place = placeOf(file, offset);
    return new DataView(file.bytes.buffer, file.bytes.byteOffset + place, length);
  };
  const magic = view(0, 4).getUint32(0);
  if (magic === 0x7f454c46) {
    const little = view(5, 1).getUint8(0) === 1;
    return [{ places: [{ offset: 18, little }], width: 2, numbers: elfNumbers }];
  }
  if (magic >>> 16 === 0x4d5a) {
    const offset = view(60, 4).getUint32(0, true) + 4;
    return [{ places: [{ offset, little: true }], width: 2, numbers: peNumbers }];
  }
  const inside = (start: number) => ({
    offset: start + 4,
    little: view(start, 1).getUint8(0) !== 0xfe,
  });
  if (magic === 0xcafebabe || magic === 0xcafebabf) {
    const wide = magic === 0xcafebabf;
    return Array.from({ length: view(4, 4).getUint32(0) }, (_, index) => {
      const entry = 8 + index * (wide ? 32 : 20);
      const start = wide
        ? Number(view(entry + 8, 8).getBigUint64(0))
        : view(entry + 8, 4).getUint32(0);
      const places = [{ offset: entry, little: false }, inside(start)];
      return { places, width: 4, numbers: machoNumbers };
    });
  }
  if (magic === 0x0061736d) return [];
  return [{ places: [inside(0)], width: 4, numbers: machoNumbers }];
}

/** The number that the field holds. */
export function readMachine(file: SparseFile, { places: [first], width }: MachineField): number {
  if (first === undefined) throw new Error("a field without a place");
  const place = placeOf(file, first.offset);
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset + place, width);
  return width === 2 ? view.getUint16(0, first.little) : view.getUint32(0, first.little);
}

/** Writes the number at the given places of the field, into bytes that are laid out as the file's. */
export function writeMachine(
  bytes: Uint8Array,
  file: SparseFile,
  { places, width }: MachineField,
  number: number,
): void {
  for (const { offset, little } of places) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + placeOf(file, offset), width);
    if (width === 2) view.setUint16(0, number, little);
    else view.setUint32(0, number, little);
  }
}
