import { decodeStrictly } from "./member.ts";
import type { ZipEntryAccount } from "./types.ts";
import { extraFields, sentinel32, zip64Extra } from "./zip-fields.ts";

/** The parts of a directory's entry, uninterpreted. */
export interface RawEntry {
  readonly header: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
}

/** What an entry says of itself, however wrong: nothing is refused here. */
export function accountOf({ header, name, extra }: RawEntry): ZipEntryAccount {
  const fields = extraFields(extra);
  const wide = fields.find(({ id }) => id === zip64Extra)?.body ?? Buffer.alloc(0);
  let position = 0;
  const number = (offset: number): number => {
    const value = header.readUInt32LE(offset);
    if (value !== sentinel32 || position + 8 > wide.length) return value;
    position += 8;
    return Number(wide.readBigUInt64LE(position - 8));
  };
  return {
    name: decodeStrictly(name) ?? name.toString("latin1"),
    method: header.readUInt16LE(10),
    flags: header.readUInt16LE(8),
    creator: header.readUInt8(5),
    externalAttributes: header.readUInt32LE(38),
    extraIds: fields.map(({ id }) => id),
    // In this order, which is that of the 64-bit numbers.
    size: number(24),
    packedSize: number(20),
    commentSize: header.readUInt16LE(32),
  };
}
