import { crc32 } from "node:zlib";
import type { Admission } from "./admission.ts";
import { type Place, refusal } from "./errors.ts";
import { inflateRange } from "./inflate.ts";
import type { Reading } from "./member.ts";
import type { FileSource } from "./types.ts";
import { toBuffer } from "./zip-end.ts";

const trailerBytes = 8;
const maximumHeaderBytes = 64 * 1024;

/**
 * Unpacks a file that is one gzip member and nothing else (RFC 1952). Throws `UserError` MA402 (damaged), MA406 (it
 * unpacks to too much), MA407 (checksum), MA408 (data behind the end).
 */
export async function* gunzip(
  source: FileSource,
  place: Place,
  admission: Admission,
  refuse: Reading["refuse"],
): AsyncGenerator<Uint8Array> {
  const head = toBuffer(await source.read(0, maximumHeaderBytes));
  const start = headerLength(head, place);
  let size = 0;
  let checksum = 0;
  const chunks = inflateRange(source, start, source.size - start, place);
  let next = await chunks.next();
  try {
    for (; next.done !== true; next = await chunks.next()) {
      size += next.value.length;
      admission.admitRatio(size, source.size);
      checksum = crc32(next.value, checksum);
      yield next.value;
    }
  } finally {
    if (next.done !== true) await chunks.return(0);
  }
  const end = start + next.value;
  const trailer = toBuffer(await source.read(end, trailerBytes));
  if (trailer.length < trailerBytes)
    throw refusal("MA402", "truncated", place, "the gzip data is cut short");
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size % 2 ** 32) {
    refuse(refusal("MA407", "crc", place, "the gzip data does not have its own checksum or size"));
  }
  const surplus = source.size - end - trailerBytes;
  if (surplus === 0) return;
  const found = `${surplus} bytes`;
  refuse(
    refusal("MA408", "trailing-data", place, "data follows the end of the gzip data", { found }),
  );
}

function headerLength(head: Buffer, place: Place): number {
  const damaged = () => refusal("MA402", "header", place, "the gzip header is damaged");
  if (head.length < 10 || head.readUInt16BE(0) !== 0x1f8b || head[2] !== 8) throw damaged();
  const flags = head.readUInt8(3);
  if (flags > 0b11111) throw damaged();
  let position = 10;
  if ((flags & 4) !== 0) {
    if (position + 2 > head.length) throw damaged();
    position += 2 + head.readUInt16LE(position);
  }
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue;
    const end = head.indexOf(0, position);
    if (end === -1) throw damaged();
    position = end + 1;
  }
  if ((flags & 2) !== 0) position += 2;
  if (position > head.length) throw damaged();
  return position;
}
