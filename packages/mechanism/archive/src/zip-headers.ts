/** An entry as its headers describe it (APPNOTE 6.3, sections 4.3.7 and 4.3.12). */
export interface ZipEntry {
  readonly name: string;
  /** Permission bits. */
  readonly mode: number;
  readonly method: "store" | "deflate";
  readonly time: DosTime;
  readonly crc32: number;
  readonly size: number;
  readonly packedSize: number;
  /** Of the local header, from the start of the file. */
  readonly offset: number;
}

interface DosTime {
  readonly date: number;
  readonly time: number;
}

/** Unix, and version 2.0 of the format: without the system's number no reader takes the mode. */
const madeBy = (3 << 8) | 20;
/** Regular file. Installers set the executable bit only where the file type stands beside it. */
const regularFile = 0o100000;
const earliest = Date.UTC(1980, 0, 1) / 1000;
const latest = Date.UTC(2107, 11, 31, 23, 59, 58) / 1000;

/** A time in MS-DOS form, in UTC: 1980 to 2107 in steps of two seconds; other times are clamped. */
export function zipDosTime(epoch: number): DosTime {
  const moment = new Date(Math.min(Math.max(epoch, earliest), latest) * 1000);
  return {
    date:
      ((moment.getUTCFullYear() - 1980) << 9) |
      ((moment.getUTCMonth() + 1) << 5) |
      moment.getUTCDate(),
    time:
      (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >>> 1),
  };
}

export function zipLocalHeader(entry: ZipEntry): Uint8Array {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry, name);
  return Buffer.concat([header, name]);
}

export function zipCentralHeader(entry: ZipEntry): Uint8Array {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(madeBy, 4);
  writeCommon(header, 6, entry, name);
  header.writeUInt32LE(((regularFile | entry.mode) << 16) >>> 0, 38);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, name]);
}

/** The fields that both headers hold in one order, from the version that a reader needs to the length of the name. */
function writeCommon(header: Buffer, at: number, entry: ZipEntry, name: Buffer): void {
  const plain = name.length === entry.name.length;
  header.writeUInt16LE(entry.method === "deflate" ? 20 : 10, at);
  header.writeUInt16LE(plain ? 0 : 1 << 11, at + 2);
  header.writeUInt16LE(entry.method === "deflate" ? 8 : 0, at + 4);
  header.writeUInt16LE(entry.time.time, at + 6);
  header.writeUInt16LE(entry.time.date, at + 8);
  header.writeUInt32LE(entry.crc32, at + 10);
  header.writeUInt32LE(entry.packedSize, at + 14);
  header.writeUInt32LE(entry.size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

/** The end of central directory record, without a comment. */
export function zipEnd(directory: { entries: number; offset: number; size: number }): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.entries, 8);
  end.writeUInt16LE(directory.entries, 10);
  end.writeUInt32LE(directory.size, 12);
  end.writeUInt32LE(directory.offset, 16);
  return end;
}
