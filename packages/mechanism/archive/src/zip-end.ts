import { type Place, refusal } from "./errors.ts";
import type { FileSource } from "./types.ts";
import { readUInt64, sentinel16, sentinel32 } from "./zip-fields.ts";

/** Where the central directory lies and how much is in it. */
export interface ZipDirectoryPlace {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
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
  place: Place,
): Promise<ZipDirectoryPlace> {
  const tailStart = Math.max(0, source.size - endBytes - 0xffff);
  const tail = toBuffer(await source.read(tailStart, source.size - tailStart));
  const end = findEnd(tail, place);
  const endOffset = tailStart + tail.length - end.length;
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
    throw refusal("MA409", place, "a zip in several parts cannot be read");
  }
  const wide = await readWideEnd(source, endOffset, place);
  const directory = wide === null ? narrow : agree(narrow, wide, place);
  const expectedEnd = wide === null ? endOffset : wide.recordOffset;
  if (directory.offset + directory.size !== expectedEnd) {
    const less = directory.offset + directory.size < expectedEnd;
    throw refusal(
      less ? "MA408" : "MA409",
      place,
      "the directory does not end where the end record begins",
      {
        expected: `${expectedEnd}`,
        found: `${directory.offset + directory.size}`,
      },
    );
  }
  return { entries: directory.entries, offset: directory.offset, size: directory.size };
}

/** The end record and its comment. Every reader takes the last signature, so it must be the right one. */
function findEnd(tail: Buffer, place: Place): Buffer {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endSignature, 0);
  const position =
    tail.length < endBytes ? -1 : tail.lastIndexOf(signature, tail.length - endBytes);
  if (position === -1) throw refusal("MA402", place, "the zip has no end record");
  const end = tail.subarray(position);
  const surplus = end.length - endBytes - end.readUInt16LE(20);
  if (surplus > 0) {
    throw refusal("MA408", place, "data follows the end of the zip", { found: `${surplus} bytes` });
  }
  if (surplus < 0) throw refusal("MA402", place, "the zip's comment is cut short");
  return end;
}

interface WideEnd extends ZipDirectoryPlace {
  readonly recordOffset: number;
}

/** The 64-bit end record and its locator, which stand right before the end record; `null` when there is no locator. */
async function readWideEnd(
  source: FileSource,
  endOffset: number,
  place: Place,
): Promise<WideEnd | null> {
  if (endOffset < locatorBytes + wideEndBytes) return null;
  const recordOffset = endOffset - locatorBytes - wideEndBytes;
  const bytes = toBuffer(await source.read(recordOffset, wideEndBytes + locatorBytes));
  const record = bytes.subarray(0, wideEndBytes);
  const locator = bytes.subarray(wideEndBytes);
  if (locator.readUInt32LE(0) !== locatorSignature) return null;
  const fault = (what: string) => refusal("MA409", place, `the 64-bit end record ${what}`);
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1)
    throw fault("has several parts");
  if (readUInt64(locator, 8, place) !== recordOffset) throw fault("is not where its locator says");
  if (record.readUInt32LE(0) !== wideEndSignature) throw fault("is missing");
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
function agree(narrow: ZipDirectoryPlace, wide: WideEnd, place: Place): ZipDirectoryPlace {
  const pairs = [
    [narrow.entries, wide.entries, sentinel16],
    [narrow.size, wide.size, sentinel32],
    [narrow.offset, wide.offset, sentinel32],
  ] as const;
  for (const [small, large, sentinel] of pairs) {
    if (small === large || small === sentinel) continue;
    throw refusal("MA409", place, "the end record and the 64-bit one disagree", {
      expected: `${large}`,
      found: `${small}`,
    });
  }
  return wide;
}

export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
