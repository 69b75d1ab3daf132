import { crc32 } from "node:zlib";
import { Admission } from "./admission.ts";
import { type Place, refusal } from "./errors.ts";
import { readRange } from "./files.ts";
import { inflateRange, inflateSmall, longer } from "./inflate.ts";
import { attempt, decodeStrictly, type Member, type Reading } from "./member.ts";
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
const maximumDirectoryBytes = 64 * 2 ** 20;

/**
 * Reads a zip from its central directory. Every byte of the file must belong to an entry that the directory names, and
 * each entry's own header must agree with it; so every reader sees what this one sees. Throws `UserError` MA402 to MA410.
 */
export async function readZip(source: FileSource, reading: Reading): Promise<void> {
  const place: Place = { path: reading.path };
  const { entries, offset, size, shift } = await locateDirectory(source, reading);
  const { limits } = reading;
  const fits = size <= Math.min((entries + 1) * directoryBytesPerEntry, maximumDirectoryBytes);
  if (entries > limits.entries || !fits) {
    const found = `${entries} entries in ${size} bytes`;
    const expected = `at most ${limits.entries}, at most ${directoryBytesPerEntry} bytes each`;
    throw refusal("MA406", "entries", place, "the directory of the zip is too large", {
      expected,
      found,
    });
  }
  const directory = toBuffer(await source.read(offset, size));
  const { members, offsets } = await parseDirectory(directory, entries, reading);
  const admission = new Admission(reading, source.size);
  const admitted: ZipMember[] = [];
  for (const member of members) {
    const wanted = await attempt(reading, () => admit(member, admission, place));
    if (wanted !== null) admitted.push(wanted);
  }
  if (shift === 0 && (offsets[0] ?? offset) !== 0) {
    reading.refuse(refusal("MA408", "prefix-data", place, "data stands before the first entry"));
  }
  // Of two entries at one place the first would end where it begins, so both are refused as too small.
  const ends = new Map<number, number>();
  for (const [index, start] of offsets.entries()) {
    if (!ends.has(start)) ends.set(start, offsets[index + 1] ?? offset - shift);
  }
  for (const member of admitted.sort((left, right) => left.offset - right.offset)) {
    if (reading.only !== null && !reading.only.has(member.name)) continue;
    const length = (ends.get(member.offset) ?? member.offset) - member.offset;
    const region = { start: member.offset + shift, length };
    await attempt(reading, () => readMember(source, member, region, reading, admission));
  }
}

function admit(member: ZipMember, admission: Admission, archive: Place): ZipMember {
  const place = { ...archive, member: member.name };
  if (member.kind === "symlink" && member.size > maximumTargetBytes) {
    throw refusal("MA405", "link", place, "the target of a symbolic link is too long");
  }
  admission.admitRatio(member.size, member.packedSize, place);
  // A symbolic link's target is its content, so it is admitted when that was read.
  if (member.kind === "symlink") return member;
  return { ...member, name: admission.admit({ ...member, target: null }).name };
}

async function readMember(
  source: FileSource,
  member: ZipMember,
  region: Region,
  reading: Reading,
  admission: Admission,
): Promise<void> {
  const place = { path: reading.path, member: member.name };
  const chunks = await openRegion(source, member, region, place, reading);
  const content = verified(chunks, member, place);
  if (member.kind === "file") return visitFully(reading, { ...member, target: null }, content);
  const bytes: Uint8Array[] = [];
  for await (const chunk of content) bytes.push(chunk);
  if (member.kind === "folder") return reading.visit({ ...member, target: null }, none());
  const target = decodeStrictly(Buffer.concat(bytes));
  if (target === null) {
    throw refusal("MA403", "link", place, "the target of a symbolic link is not valid UTF-8");
  }
  await reading.visit(admission.admit<Member>({ ...member, target, size: 0 }), none());
}

/** The part of the file that is an entry's: its header, its data, and what stands behind them. */
interface Region {
  readonly start: number;
  readonly length: number;
}

/** The unpacked chunks of an entry whose headers agree with the directory, and which ends where the next one begins. */
async function openRegion(
  source: FileSource,
  member: ZipMember,
  region: Region,
  place: Place,
  { refuse }: Reading,
): Promise<AsyncGenerator<Uint8Array>> {
  const { length } = region;
  const small = length <= smallBytes && member.size <= smallUnpackedBytes;
  const headLength = small ? length : Math.min(length, maximumLocalBytes);
  const head = toBuffer(await source.read(region.start, headLength));
  const start = checkLocalHeader(head, member, place);
  const rest = length - start - member.packedSize;
  if (rest < 0) throw refusal("MA409", "overlap", place, "an entry reaches into what follows it");
  if (rest > maximumLocalBytes)
    throw refusal("MA408", "gap", place, "data stands between two entries");
  const descriptor = small
    ? head.subarray(length - rest)
    : toBuffer(await source.read(region.start + length - rest, rest));
  checkDescriptor(descriptor, member, place, refuse);
  if (small) return unpackSmall(head.subarray(start, length - rest), member, place);
  return unpackLarge(source, region.start + start, member, place);
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
  throw refusal("MA408", "inflate", place, "data follows the end of the compressed data", {
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
  const fault = (reason: "size" | "crc", what: string, expected: number, found: number) =>
    refusal("MA407", reason, place, what, { expected: `${expected}`, found: `${found}` });
  if (size !== member.size)
    throw fault("size", "a file is shorter than declared", member.size, size);
  if (checksum !== member.crc32) {
    throw fault("crc", "a file's CRC-32 is not the declared one", member.crc32, checksum);
  }
}
