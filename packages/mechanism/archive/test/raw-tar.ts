import { gzipSync } from "node:zlib";

/** A tar record in which every field can be wrong. What is not said is what an honest writer would write. */
export interface RawTarRecord {
  name: string | Buffer;
  data?: Buffer;
  /** In place of the length of `data`. */
  size?: number;
  /** The size field as it stands. */
  sizeField?: Buffer;
  mode?: number;
  type?: string;
  target?: string;
  prefix?: string;
  magic?: string;
  checksum?: number;
}

/** Writes tar records exactly as told, without an end. */
export function rawTarRecords(records: readonly RawTarRecord[]): Buffer {
  return Buffer.concat(records.map(rawRecord));
}

/** Two empty records. */
export const tarEndRecords = Buffer.alloc(1024);

/** A whole `.tar.gz`. */
export function rawTarGz(records: readonly RawTarRecord[], end: Buffer = tarEndRecords): Buffer {
  return gzipSync(Buffer.concat([rawTarRecords(records), end]));
}

/** The body of an extended header. */
export function paxBody(values: Record<string, string | Buffer>): Buffer {
  const lines = Object.entries(values).map(([key, value]) => {
    const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from("\n")]);
    const digits = [1, 2, 3, 4].find((count) => String(rest.length + count).length === count) ?? 5;
    return Buffer.concat([Buffer.from(String(rest.length + digits)), rest]);
  });
  return Buffer.concat(lines);
}

function rawRecord(record: RawTarRecord): Buffer {
  const data = record.data ?? Buffer.alloc(0);
  const header = Buffer.alloc(512);
  Buffer.from(record.name).copy(header, 0, 0, 100);
  header.write(octal(record.mode ?? 0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(record.size ?? data.length, 11), 124);
  record.sizeField?.copy(header, 124);
  header.write(octal(0, 11), 136);
  header.write("        ", 148);
  header.write(record.type ?? "0", 156, "latin1");
  header.write(record.target ?? "", 157, 100);
  header.write(record.magic ?? "ustar\x0000", 257);
  header.write(record.prefix ?? "", 345, 155);
  const sum = record.checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
