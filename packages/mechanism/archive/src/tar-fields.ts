import { type Place, refusal } from "./errors.ts";
import { decodeStrictly } from "./member.ts";

export const recordBytes = 512;

/** A header record as it stands, before extended headers are applied. */
export interface TarRecord {
  readonly name: Buffer;
  /** `null`: the field is empty. */
  readonly mode: number | null;
  readonly size: number;
  /** One character; `0` also for the oldest form's NUL. */
  readonly type: string;
  readonly target: Buffer;
}

/** What extended headers say about the member that follows them. */
export interface TarExtension {
  path?: string;
  target?: string;
  size?: number;
}

/** Reads a header record. Throws `UserError` MA402 when its checksum or a number is wrong. */
export function parseRecord(record: Buffer, place: Place): TarRecord {
  const sum = record.reduce(
    (total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte),
    0,
  );
  if (readNumber(record.subarray(148, 156), place) !== sum) {
    throw refusal("MA402", "header", place, "a tar header does not have its own checksum");
  }
  const name = untilNul(record.subarray(0, 100));
  const posix = record.subarray(257, 263).equals(Buffer.from("ustar\0"));
  const prefix = posix ? untilNul(record.subarray(345, 500)) : Buffer.alloc(0);
  const mode = record.subarray(100, 108);
  const type = String.fromCharCode(record.readUInt8(156));
  return {
    name: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from("/"), name]),
    mode: /^[ \0]*$/.test(mode.toString("latin1")) ? null : readNumber(mode, place),
    size: readNumber(record.subarray(124, 136), place),
    type: type === "\0" ? "0" : type,
    target: untilNul(record.subarray(157, 257)),
  };
}

/** Octal digits between blanks or NULs, or GNU's big-endian form, whose first bit is set. */
function readNumber(field: Buffer, place: Place): number {
  if (field.readUInt8(0) >= 0x80) return readBinaryNumber(field, place);
  const digits = /^ *([0-7]*)[ \0]*$/.exec(field.toString("latin1"))?.[1];
  if (digits === undefined)
    throw refusal("MA402", "header", place, "a number in a tar header is malformed");
  return digits === "" ? 0 : Number.parseInt(digits, 8);
}

function readBinaryNumber(field: Buffer, place: Place): number {
  const value = BigInt(`0x${field.toString("hex")}`) - (0x80n << BigInt((field.length - 1) * 8));
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw refusal("MA406", "header", place, "a number in a tar header is beyond reason");
}

export function untilNul(field: Buffer): Buffer {
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/** A name or link target as text. Throws `UserError` MA403 when it is not UTF-8. */
export function decodeName(bytes: Buffer, place: Place): string {
  const text = decodeStrictly(bytes);
  if (text !== null) return text;
  throw refusal(
    "MA403",
    "name",
    { ...place, member: bytes.toString("latin1") },
    "a name is not valid UTF-8",
  );
}

/**
 * Reads pax records (`<length> <key>=<value>\n`). Times, owners and comments do not matter here; what would change where
 * or how long a member is, does. Throws `UserError` MA402 (malformed), MA403 (names), MA405 (sparse files).
 */
export function parsePax(body: Buffer, place: Place): TarExtension {
  const extension: TarExtension = {};
  const malformed = () => refusal("MA402", "header", place, "an extended tar header is malformed");
  for (let position = 0; position < body.length; ) {
    const space = body.indexOf(0x20, position);
    const digits = space === -1 ? "" : body.toString("latin1", position, space);
    if (!/^[1-9][0-9]{0,7}$/.test(digits)) throw malformed();
    const end = position + Number(digits);
    const equals = body.indexOf(0x3d, space + 1);
    if (end > body.length || body[end - 1] !== 0x0a || equals === -1 || equals >= end - 1) {
      throw malformed();
    }
    applyPax(
      extension,
      body.toString("latin1", space + 1, equals),
      body.subarray(equals + 1, end - 1),
      place,
    );
    position = end;
  }
  return extension;
}

function applyPax(extension: TarExtension, key: string, value: Buffer, place: Place): void {
  if (key.startsWith("GNU.sparse."))
    throw refusal("MA405", "type", place, "an entry is a sparse file");
  const known = { path: "path", linkpath: "target", size: "size" }[key];
  if (known === undefined) return;
  if (known in extension) {
    throw refusal("MA409", "header", place, "an extended tar header names one thing twice", {
      found: key,
    });
  }
  if (known === "path") extension.path = decodeName(value, place);
  if (known === "target") extension.target = decodeName(value, place);
  if (known !== "size") return;
  const digits = value.toString("latin1");
  if (!/^[0-9]{1,15}$/.test(digits)) {
    throw refusal("MA402", "header", place, "a size in an extended tar header is malformed");
  }
  extension.size = Number(digits);
}
