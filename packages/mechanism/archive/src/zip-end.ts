import { type Place, refusal } from "./errors.ts";
import type { Reading } from "./member.ts";
import type { FileSource, ZipAccountDraft } from "./types.ts";
import { readUInt64, sentinel16, sentinel32 } from "./zip-fields.ts";

interface DirectoryNumbers {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

/** Where the central directory lies and how much is in it. */
export interface ZipDirectoryPlace extends DirectoryNumbers {
  /** Bytes before the zip, which its own numbers do not count; 0 for an honest one. */
  readonly shift: number;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const locatorSignature = 0x07064b50;
const locatorBytes = 20;
const wideEndSignature = 0x06064b50;
const wideEndBytes = 56;

/**
 * Finds the central directory from the end of the file. Throws `UserError` MA402 (no end record), MA408 (data behind or
 * between the records), MA409 (32-bit and 64-bit records disagree).
 */
export async function locateDirectory(
  source: FileSource,
  reading: Reading,
): Promise<ZipDirectoryPlace> {
  const place: Place = { path: reading.path };
  const { account, refuse } = reading;
  const tailStart = Math.max(0, source.size - endBytes - 0xffff);
  const tail = toBuffer(await source.read(tailStart, source.size - tailStart));
  const position = findEnd(tail, place, refuse);
  const end = tail.subarray(position);
  const endOffset = tailStart + position;
  if (account !== null) account.commentSize = end.readUInt16LE(20);
  const narrow = {
    entries: end.readUInt16LE(10),
    size: end.readUInt32LE(12),
    offset: end.readUInt32LE(16),
  };
  if (
    end.readUInt16LE(4) !== 0 ||
    end.readUInt16LE(6) !== 0 ||
    end.readUInt16LE(8) !== narrow.entries
  ) {
    throw refusal("MA409", "multipart", place, "a zip in several parts cannot be read");
  }
  const wide = await readWideEnd(source, endOffset, place, account);
  const directory = wide === null ? narrow : agree(narrow, wide, place);
  const expectedEnd = wide === null ? endOffset : wide.recordOffset;
  const shift = expectedEnd - directory.offset - directory.size;
  if (shift !== 0) {
    const what = "the directory does not end where the end record begins";
    const found = { expected: `${expectedEnd}`, found: `${directory.offset + directory.size}` };
    // Less: other readers take it that so many bytes were put before the zip, and find everything that much later.
    if (shift < 0) throw refusal("MA409", "directory", place, what, found);
    refuse(refusal("MA408", "prefix-data", place, what, found));
  }
  const { entries, offset, size } = directory;
  return { entries, offset: offset + shift, size, shift };
}

/** Where the end record begins. Every reader takes the last signature, so it must be the right one. */
function findEnd(tail: Buffer, place: Place, refuse: Reading["refuse"]): number {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endSignature, 0);
  const position =
    tail.length < endBytes ? -1 : tail.lastIndexOf(signature, tail.length - endBytes);
  if (position === -1) throw refusal("MA402", "not-a-zip", place, "the zip has no end record");
  const end = tail.subarray(position);
  const surplus = end.length - endBytes - end.readUInt16LE(20);
  if (surplus > 0) {
    const found = `${surplus} bytes`;
    refuse(refusal("MA408", "trailing-data", place, "data follows the end of the zip", { found }));
  }
  if (surplus < 0) refuse(refusal("MA402", "truncated", place, "the zip's comment is cut short"));
  return position;
}

interface WideEnd extends DirectoryNumbers {
  readonly recordOffset: number;
}

/** The 64-bit end record and its locator, which stand right before the end record; `null` when there is no locator. */
async function readWideEnd(
  source: FileSource,
  endOffset: number,
  place: Place,
  account: ZipAccountDraft | null,
): Promise<WideEnd | null> {
  if (endOffset < locatorBytes + wideEndBytes) return null;
  const recordOffset = endOffset - locatorBytes - wideEndBytes;
  const bytes = toBuffer(await source.read(recordOffset, wideEndBytes + locatorBytes));
  const record = bytes.subarray(0, wideEndBytes);
  const locator = bytes.subarray(wideEndBytes);
  if (locator.readUInt32LE(0) !== locatorSignature) return null;
  const fault = (what: string) => refusal("MA409", "zip64", place, `the 64-bit end record ${what}`);
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1)
    throw fault("has several parts");
  if (readUInt64(locator, 8, place) !== recordOffset) throw fault("is not where its locator says");
  if (record.readUInt32LE(0) !== wideEndSignature) throw fault("is missing");
  if (account !== null) account.zip64RecordSize = readUInt64(record, 4, place);
  if (readUInt64(record, 4, place) !== wideEndBytes - 12) throw fault("has an unknown size");
  const entries = readUInt64(record, 32, place);
  const whole = record.readUInt32LE(16) === 0 && record.readUInt32LE(20) === 0;
  if (!whole || readUInt64(record, 24, place) !== entries) throw fault("has several parts");
  return {
    entries,
    size: readUInt64(record, 40, place),
    offset: readUInt64(record, 48, place),
    recordOffset,
  };
}

/** The 64-bit values, when each 32-bit one equals it or says that it does not fit. */
function agree(narrow: DirectoryNumbers, wide: WideEnd, place: Place): WideEnd {
  const pairs = [
    [narrow.entries, wide.entries, sentinel16],
    [narrow.size, wide.size, sentinel32],
    [narrow.offset, wide.offset, sentinel32],
  ] as const;
  for (const [small, large, sentinel] of pairs) {
    if (small === large || small === sentinel) continue;
    throw refusal("MA409", "zip64", place, "the end record and the 64-bit one disagree", {
      expected: `${large}`,
      found: `${small}`,
    });
  }
  return wide;
}

export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
