import { type Place, refusal } from "./errors.ts";
import type { Reading } from "./member.ts";
import { descriptorFlag, type ZipMember } from "./zip-directory.ts";
import { resolveExtra } from "./zip-fields.ts";

const localSignature = 0x04034b50;
const localBytes = 30;
/** A local header with the longest name and extra fields. */
export const maximumLocalBytes = localBytes + 2 * 0xffff;
/** Encryption, descriptor, patch, names in UTF-8: what makes readers read differently. */
const comparedFlags = 0b10_1000_0110_1001;

/**
 * Compares a local header with the central directory and returns its length. `head` holds the first bytes of the entry,
 * or all of it. Throws `UserError` MA409 (they disagree), MA402 (there is none).
 */
export function checkLocalHeader(head: Buffer, member: ZipMember, place: Place): number {
  if (head.length < localBytes || head.readUInt32LE(0) !== localSignature) {
    throw refusal(
      "MA402",
      "local-header",
      place,
      "an entry does not begin where the directory says",
    );
  }
  const nameEnd = localBytes + head.readUInt16LE(26);
  const end = nameEnd + head.readUInt16LE(28);
  if (end > head.length) throw refusal("MA402", "truncated", place, "an entry is cut short");
  const differs = (what: string) =>
    refusal(
      "MA409",
      "local-header",
      place,
      `the ${what} differs between an entry and the directory`,
    );
  if (!head.subarray(localBytes, nameEnd).equals(member.rawName)) throw differs("name");
  if (head.readUInt16LE(8) !== member.method) throw differs("method");
  if (((head.readUInt16LE(6) ^ member.flags) & comparedFlags) !== 0) throw differs("set of flags");
  const [size = 0, packedSize = 0] = resolveExtra(
    head.subarray(nameEnd, end),
    member.rawName,
    [head.readUInt32LE(22), head.readUInt32LE(18)],
    place,
  );
  // Who writes a stream does not know these yet; they are zero then, and follow the data.
  const later = (member.flags & descriptorFlag) !== 0;
  const agrees = (local: number, central: number) => local === central || (later && local === 0);
  if (!agrees(head.readUInt32LE(14), member.crc32)) throw differs("checksum");
  if (!agrees(size, member.size)) throw differs("size");
  if (!agrees(packedSize, member.packedSize)) throw differs("packed size");
  return end;
}

/**
 * Checks what stands between an entry's data and the next entry: nothing, or its data descriptor (with or without a
 * signature, with 32-bit or 64-bit sizes). Throws `UserError` MA408, MA409.
 */
export function checkDescriptor(
  rest: Buffer,
  member: ZipMember,
  place: Place,
  refuse: Reading["refuse"],
): void {
  if ((member.flags & descriptorFlag) === 0) {
    if (rest.length === 0) return;
    const found = `${rest.length} bytes`;
    refuse(refusal("MA408", "gap", place, "data stands between two entries", { found }));
    return;
  }
  if (!descriptorForms(member).some((form) => form.equals(rest))) {
    const what = "the data descriptor of an entry differs from the directory";
    refuse(refusal("MA409", "descriptor", place, what));
  }
}

/** The longest form of a data descriptor. */
export const maximumDescriptorBytes = 24;

function descriptorForms({ crc32, packedSize, size }: ZipMember): Buffer[] {
  const narrow = Buffer.alloc(16);
  narrow.writeUInt32LE(0x08074b50, 0);
  narrow.writeUInt32LE(crc32, 4);
  narrow.writeUInt32LE(packedSize % 2 ** 32, 8);
  narrow.writeUInt32LE(size % 2 ** 32, 12);
  const wide = Buffer.alloc(24);
  narrow.copy(wide, 0, 0, 8);
  wide.writeBigUInt64LE(BigInt(packedSize), 8);
  wide.writeBigUInt64LE(BigInt(size), 16);
  return [narrow, narrow.subarray(4), wide, wide.subarray(4)];
}
