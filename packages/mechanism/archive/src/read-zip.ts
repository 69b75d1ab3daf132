import { crc32 } from "node:zlib";
import { Admission } from "./admission.ts";
import { type Place, refusal } from "./errors.ts";
import { readRange } from "./files.ts";
import { inflateRange, inflateSmall, longer } from "./inflate.ts";
import { decodeStrictly, type Member, type Reading } from "./member.ts";
import type { FileSource } from "./types.ts";
import { none, visitFully } from "./visit.ts";
import { parseDirectory, type ZipMember } from "./zip-directory.ts";
import { locateDirectory, toBuffer } from "./zip-end.ts";
import { checkDescriptor, checkLocalHeader, maximumLocalBytes } from "./zip-local.ts";

/** Entries up to this size (packed, with headers) are read in one piece. */
const smallBytes = 256 * 1024;
const smallUnpackedBytes = 2 ** 20;
const maximumTargetBytes = 4096;
/** Of one entry in the directory, on average: header, name and the extra fields that are in use. */
const directoryBytesPerEntry = 1024;

/**
 * Reads a zip from its central directory. Every byte of the file must belong to an entry that the directory names, and
 * each entry's own header must agree with it; so every reader sees what this one sees. Throws `UserError` MA402 to MA410.
 */
export async function readZip(source: FileSource, reading: Reading): Promise<void> {
  const place: Place = { path: reading.path };
  const { entries, offset, size } = await locateDirectory(source, place);
  const { limits } = reading;
  if (entries > limits.entries || size > (entries + 1) * directoryBytesPerEntry) {
    const found = `${entries} entries in ${size} bytes`;
    const expected = `at most ${limits.entries}, at most ${directoryBytesPerEntry} bytes each`;
    throw refusal("MA406", place, "the directory of the zip is too large", { expected, found });
  }
  const directory = toBuffer(await source.read(offset, size));
  const members = parseDirectory(directory, entries, reading.path);
  const admission = new Admission(reading, source.size);
  for (const member of members) {
    // A symbolic link's target is its content, so it is admitted when that was read.
    if (member.kind !== "symlink") admission.admit({ ...member, target: null });
    const memberPlace = { ...place, member: member.name };
    admission.admitRatio(member.size, member.packedSize, memberPlace);
    if (member.kind === "symlink" && member.size > maximumTargetBytes) {
      throw refusal("MA405", memberPlace, "the target of a symbolic link is too long");
    }
  }
  const byOffset = members.toSorted((left, right) => left.offset - right.offset);
  if ((byOffset[0]?.offset ?? offset) !== 0) {
    throw refusal("MA408", place, "data stands before the first entry");
  }
  for (const [index, member] of byOffset.entries()) {
    const end = byOffset[index + 1]?.offset ?? offset;
    if (reading.only !== null && !reading.only.has(member.name)) continue;
    await readMember(source, member, end, reading, admission);
  }
}

async function readMember(
  source: FileSource,
  member: ZipMember,
  end: number,
  reading: Reading,
  admission: Admission,
): Promise<void> {
  const place = { path: reading.path, member: member.name };
  const region = await openRegion(source, member, end, place);
  const content = verified(region, member, place);
  if (member.kind === "file") return visitFully(reading, { ...member, target: null }, content);
  const bytes: Uint8Array[] = [];
  for await (const chunk of content) bytes.push(chunk);
  if (member.kind === "folder") return reading.visit({ ...member, target: null }, none());
  const target = decodeStrictly(Buffer.concat(bytes));
  if (target === null) {
    throw refusal("MA403", place, "the target of a symbolic link is not valid UTF-8");
  }
  const link: Member = { ...member, target, size: 0 };
  admission.admit(link);
  await reading.visit(link, none());
}

/** The unpacked chunks of an entry whose headers agree with the directory, and which ends where the next one begins. */
async function openRegion(
  source: FileSource,
  member: ZipMember,
  end: number,
  place: Place,
): Promise<AsyncGenerator<Uint8Array>> {
  const length = end - member.offset;
  const small = length <= smallBytes && member.size <= smallUnpackedBytes;
  const headLength = small ? length : Math.min(length, maximumLocalBytes);
  const head = toBuffer(await source.read(member.offset, headLength));
  const start = checkLocalHeader(head, member, place);
  const rest = length - start - member.packedSize;
  if (rest < 0) throw refusal("MA409", place, "an entry reaches into what follows it");
  if (rest > maximumLocalBytes) throw refusal("MA408", place, "data stands between two entries");
  const descriptor = small
    ? head.subarray(length - rest)
    : toBuffer(await source.read(end - rest, rest));
  checkDescriptor(descriptor, member, place);
  if (small) return unpackSmall(head.subarray(start, length - rest), member, place);
  return unpackLarge(source, member.offset + start, member, place);
}

async function* unpackSmall(
  packed: Uint8Array,
  member: ZipMember,
  place: Place,
): AsyncGenerator<Uint8Array> {
  if (member.method === 0) {
    yield packed;
    return;
  }
  const { bytes, consumed } = inflateSmall(packed, member.size, place);
  checkConsumed(consumed, member, place);
  yield bytes;
}

async function* unpackLarge(
  source: FileSource,
  start: number,
  member: ZipMember,
  place: Place,
): AsyncGenerator<Uint8Array> {
  if (member.method === 0) {
    yield* readRange(source, start, member.packedSize);
    return;
  }
  const consumed = yield* inflateRange(source, start, member.packedSize, place);
  checkConsumed(consumed, member, place);
}

function checkConsumed(consumed: number, member: ZipMember, place: Place): void {
  if (consumed === member.packedSize) return;
  throw refusal("MA408", place, "data follows the end of the compressed data", {
    expected: `${member.packedSize} bytes`,
    found: `${consumed} bytes in use`,
  });
}

/** Passes chunks on while counting, and fails unless size and CRC are as declared. */
async function* verified(
  chunks: AsyncGenerator<Uint8Array>,
  member: ZipMember,
  place: Place,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > member.size) throw longer(place, member.size);
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  const fault = (what: string, expected: number, found: number) =>
    refusal("MA407", place, what, { expected: `${expected}`, found: `${found}` });
  if (size !== member.size) throw fault("a file is shorter than declared", member.size, size);
  if (checksum !== member.crc32) {
    throw fault("a file's CRC-32 is not the declared one", member.crc32, checksum);
  }
}
