import { crc32, deflateRawSync } from "node:zlib";

/** An entry in which every field can be wrong. What is not said is what an honest writer would write. */
export interface RawZipEntry {
  name: string | Buffer;
  data?: Buffer;
  method?: number;
  flags?: number;
  crc32?: number;
  size?: number;
  packed?: Buffer;
  packedSize?: number;
  /** High half of the external attributes: file type and permissions. */
  attributes?: number;
  /** The system that made the entry: 0 DOS, 3 Unix. */
  creator?: number;
  extra?: Buffer;
  offset?: number;
  disk?: number;
  /** Other values in the local header only. */
  local?: Partial<
    Pick<RawZipEntry, "name" | "method" | "flags" | "crc32" | "size" | "packedSize" | "extra">
  > & { signature?: number };
  /** Bytes between the data and the next entry. */
  after?: Buffer;
}

export interface RawZipOptions {
  before?: Buffer;
  after?: Buffer;
  comment?: Buffer;
  /** Fields of the end record. */
  end?: { entries?: number; size?: number; offset?: number; disk?: number; commentLength?: number };
  /** Bytes between the directory and the end record: a 64-bit end record with its locator, for example. */
  beforeEnd?: (directory: { entries: number; size: number; offset: number }) => Buffer;
  /** Bytes at the end of the directory that belong to no entry. */
  directoryTail?: Buffer;
}

/** Writes a zip exactly as told, however wrong. */
export function rawZip(entries: readonly RawZipEntry[], options: RawZipOptions = {}): Buffer {
  const parts: Buffer[] = [options.before ?? Buffer.alloc(0)];
  const central: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const full = complete(entry);
    const local = { ...full, ...entry.local };
    const localName = Buffer.from(local.name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(entry.local?.signature ?? 0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    writeFields(header, 6, local);
    header.writeUInt16LE(localName.length, 26);
    header.writeUInt16LE(local.extra.length, 28);
    const pieces = [header, localName, local.extra, full.packed, entry.after ?? Buffer.alloc(0)];
    parts.push(...pieces);
    central.push(centralHeader(full, entry.offset ?? position));
    position += pieces.reduce((sum, piece) => sum + piece.length, 0);
  }
  const directory = Buffer.concat([...central, options.directoryTail ?? Buffer.alloc(0)]);
  const place = { entries: entries.length, size: directory.length, offset: position };
  const comment = options.comment ?? Buffer.alloc(0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.end?.disk ?? 0, 4);
  end.writeUInt16LE(options.end?.entries ?? place.entries, 8);
  end.writeUInt16LE(options.end?.entries ?? place.entries, 10);
  end.writeUInt32LE(options.end?.size ?? place.size, 12);
  end.writeUInt32LE(options.end?.offset ?? place.offset, 16);
  end.writeUInt16LE(options.end?.commentLength ?? comment.length, 20);
  const beforeEnd = options.beforeEnd?.(place) ?? Buffer.alloc(0);
  return Buffer.concat([
    ...parts,
    directory,
    beforeEnd,
    end,
    comment,
    options.after ?? Buffer.alloc(0),
  ]);
}

/** A 64-bit end record and its locator, with room for lies. */
export function wideEnd(
  { entries, size, offset }: { entries: number; size: number; offset: number },
  lies: { locatorOffset?: number; recordSize?: number; signature?: number; parts?: number } = {},
): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(lies.signature ?? 0x06064b50, 0);
  record.writeBigUInt64LE(BigInt(lies.recordSize ?? 44), 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(lies.locatorOffset ?? offset + size), 8);
  locator.writeUInt32LE(lies.parts ?? 1, 16);
  return Buffer.concat([record, locator]);
}

/** An extra field. */
export function extraField(id: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** 64-bit little-endian numbers. */
export function wideNumbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => {
    bytes.writeBigUInt64LE(BigInt(value), index * 8);
  });
  return bytes;
}

/** A data descriptor; 32-bit numbers, with a signature unless told otherwise. */
export function descriptor(
  data: Buffer,
  packedSize: number,
  form: { signature?: boolean; wide?: boolean; crc32?: number } = {},
): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x08074b50, 0);
  head.writeUInt32LE(form.crc32 ?? crc32(data), 4);
  const narrow = Buffer.alloc(8);
  narrow.writeUInt32LE(packedSize, 0);
  narrow.writeUInt32LE(data.length, 4);
  const sizes = form.wide === true ? wideNumbers(packedSize, data.length) : narrow;
  return Buffer.concat([form.signature === false ? head.subarray(4) : head, sizes]);
}

type CompleteEntry = ReturnType<typeof complete>;

function complete(entry: RawZipEntry) {
  const data = entry.data ?? Buffer.alloc(0);
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data);
  return {
    name: entry.name,
    data,
    method,
    flags: entry.flags ?? 0,
    crc32: entry.crc32 ?? crc32(data),
    size: entry.size ?? data.length,
    packed,
    packedSize: entry.packedSize ?? packed.length,
    attributes: entry.attributes ?? 0o100644,
    creator: entry.creator ?? 3,
    extra: entry.extra ?? Buffer.alloc(0),
    disk: entry.disk ?? 0,
  };
}

function centralHeader(entry: CompleteEntry, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((entry.creator << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  writeFields(header, 8, entry);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(entry.extra.length, 30);
  header.writeUInt16LE(entry.disk, 34);
  header.writeUInt32LE((entry.attributes << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name, entry.extra]);
}

function writeFields(
  header: Buffer,
  at: number,
  entry: { flags: number; method: number; crc32: number; packedSize: number; size: number },
): void {
  header.writeUInt16LE(entry.flags, at);
  header.writeUInt16LE(entry.method, at + 2);
  header.writeUInt32LE(0x00210000, at + 4);
  header.writeUInt32LE(entry.crc32, at + 8);
  header.writeUInt32LE(entry.packedSize, at + 12);
  header.writeUInt32LE(entry.size, at + 16);
}
