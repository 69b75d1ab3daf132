import { type Place, refusal } from "./errors.ts";
import { attempt, decodeStrictly, type Member, type Reading, safeMode } from "./member.ts";
import { accountOf, type RawEntry } from "./zip-account.ts";
import { resolveExtra } from "./zip-fields.ts";

/** An entry as the central directory describes it. */
export interface ZipMember {
  readonly name: string;
  readonly kind: Exclude<Member["kind"], "hardlink">;
  readonly mode: number;
  readonly storedMode: number | null;
  readonly rawName: Buffer;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly size: number;
  readonly packedSize: number;
  /** Of the local header. */
  readonly offset: number;
}

const centralSignature = 0x02014b50;
const centralBytes = 46;
/** Encryption (bits 0, 6, 13) and patches (bit 5). */
const refusedFlags = 0b10_0000_0110_0001;
const utf8Flag = 1 << 11;
export const descriptorFlag = 1 << 3;

/** A central directory as it was read. */
export interface ZipDirectory {
  readonly members: readonly ZipMember[];
  /** Where entries begin, ascending; also those that are refused. */
  readonly offsets: readonly number[];
}

/**
 * The entries of a central directory. Throws `UserError` MA402 (cut short), MA403 (names that are no UTF-8), MA405
 * (devices), MA409 (contradictions), MA410 (encryption, methods).
 */
export async function parseDirectory(
  directory: Buffer,
  entries: number,
  reading: Reading,
): Promise<ZipDirectory> {
  const members: ZipMember[] = [];
  const offsets: number[] = [];
  await attempt(reading, async () => {
    for (const raw of rawEntries(directory, entries, reading.path)) {
      reading.account?.entries.push(accountOf(raw));
      const member = await attempt(reading, () => parseHeader(raw, reading));
      if (member !== null) members.push(member);
      offsets.push(member?.offset ?? raw.header.readUInt32LE(42));
    }
  });
  return { members, offsets: offsets.sort((left, right) => left - right) };
}

function* rawEntries(directory: Buffer, entries: number, path: string): Generator<RawEntry> {
  let position = 0;
  for (let index = 0; index < entries; index++) {
    const place = { path };
    const cut = () => refusal("MA402", "directory", place, "the directory of the zip is damaged");
    const header = directory.subarray(position, position + centralBytes);
    if (header.length < centralBytes || header.readUInt32LE(0) !== centralSignature) throw cut();
    const lengths = [28, 30, 32].map((offset) => header.readUInt16LE(offset));
    const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
    const nameEnd = position + centralBytes + nameLength;
    const end = nameEnd + extraLength + commentLength;
    if (end > directory.length) throw cut();
    const name = directory.subarray(position + centralBytes, nameEnd);
    yield { header, name, extra: directory.subarray(nameEnd, nameEnd + extraLength) };
    position = end;
  }
  if (position === directory.length) return;
  throw refusal(
    "MA409",
    "directory",
    { path },
    "the directory of the zip has more than its entries",
  );
}

const madeOnDos = 0;

function parseHeader(
  { header, name: rawName, extra }: RawEntry,
  { path, refuse }: Reading,
): ZipMember {
  const flags = header.readUInt16LE(8);
  const { name, slash } = decodeName(rawName, flags, path, refuse);
  const place: Place = { path, member: name };
  const method = header.readUInt16LE(10);
  if ((flags & refusedFlags) !== 0)
    throw refusal("MA410", "encrypted", place, "an entry is encrypted or a patch");
  if (method !== 0 && method !== 8) {
    throw refusal("MA410", "method", place, "an entry uses an unknown method", {
      found: `method ${method}`,
    });
  }
  if (header.readUInt16LE(34) !== 0)
    throw refusal("MA409", "multipart", place, "an entry is in another part");
  const [size = 0, packedSize = 0, offset = 0] = resolveExtra(
    extra,
    rawName,
    [header.readUInt32LE(24), header.readUInt32LE(20), header.readUInt32LE(42)],
    place,
  );
  const attributes = header.readUInt32LE(38) >>> 16;
  const kind = kindOf(attributes, slash, place);
  const permissions = (attributes & 0o7777) === 0 ? null : attributes & 0o7777;
  if (kind === "folder" && size !== 0)
    throw refusal("MA409", "directory", place, "a folder has content");
  return {
    name,
    kind,
    mode: safeMode(permissions),
    // Python on Windows makes modes up (0666 for everything) and says that DOS made the entry.
    storedMode: header.readUInt8(5) === madeOnDos ? null : permissions,
    rawName,
    flags,
    method,
    crc32: header.readUInt32LE(16),
    size,
    packedSize,
    offset,
  };
}

/** A name is ASCII or marked as UTF-8; readers guess the rest, each differently. */
function decodeName(
  raw: Buffer,
  flags: number,
  path: string,
  refuse: Reading["refuse"],
): { name: string; slash: boolean } {
  const decoded = decodeStrictly(raw);
  const name = decoded ?? raw.toString("latin1");
  const unmarked = name.length !== raw.length && (flags & utf8Flag) === 0;
  if (decoded === null || unmarked) {
    const what = decoded === null ? "not valid UTF-8" : "not marked as UTF-8";
    refuse(refusal("MA403", "name", { path, member: name }, `the name of an entry is ${what}`));
  }
  const slash = name.endsWith("/");
  return { name: slash ? name.slice(0, -1) : name, slash };
}

/** From the Unix mode, whatever system the entry says it is from: so do the other readers. */
function kindOf(attributes: number, slash: boolean, place: Place): ZipMember["kind"] {
  const type = attributes & 0o170000;
  if (slash && (type === 0 || type === 0o040000)) return "folder";
  if (!slash && (type === 0 || type === 0o100000)) return "file";
  if (!slash && type === 0o120000) return "symlink";
  const found = `type ${type.toString(8)}${slash ? ", with a final slash" : ""}`;
  const plain = type === 0o100000 || type === 0o040000;
  if (plain)
    throw refusal(
      "MA409",
      "directory",
      place,
      "an entry is a file by type and a folder by name, or the reverse",
      { found },
    );
  throw refusal("MA405", "type", place, "an entry is neither file, folder nor link", { found });
}
