import { type Place, refusal } from "./errors.ts";

/** A field that is too small for its value; the value stands in the 64-bit extra field then. */
export const sentinel32 = 0xffffffff;
export const sentinel16 = 0xffff;

export const zip64Extra = 0x0001;
const unicodePathExtra = 0x7075;

/** A 64-bit number of a zip. Throws `UserError` MA406 above 2^53, which no honest archive needs. */
export function readUInt64(bytes: Buffer, offset: number, place: Place): number {
  const value = bytes.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw refusal("MA406", "zip64", place, "a size or place is beyond reason", {
      found: String(value),
    });
  }
  return Number(value);
}

/**
 * Reads the extra fields of a header and resolves its 64-bit numbers: `values` in the order of the header; those that
 * equal the sentinel are taken from the extra field, which must hold exactly these. Throws `UserError` MA409 when the
 * fields are malformed, name the entry differently, or hold other 64-bit values than the header asks for.
 */
export function resolveExtra(
  extra: Buffer,
  name: Uint8Array,
  values: readonly number[],
  place: Place,
): number[] {
  const fields = parseExtra(extra, place);
  checkUnicodePath(fields.get(unicodePathExtra), name, place);
  const missing = values.filter((value) => value === sentinel32).length;
  const wide = fields.get(zip64Extra);
  if (missing === 0 && wide !== undefined && repeats(wide, values, place)) return [...values];
  if ((wide?.length ?? 0) !== missing * 8) {
    throw refusal("MA409", "zip64", place, "the 64-bit values do not fit the header", {
      expected: `${missing}`,
      found: wide === undefined ? "none" : `${wide.length} bytes`,
    });
  }
  if (wide === undefined) return [...values];
  let position = 0;
  return values.map((value) => {
    if (value !== sentinel32) return value;
    position += 8;
    return readUInt64(wide, position - 8, place);
  });
}

/** Some writers always give both sizes, whether or not they fit the header (the wheels of protobuf have that). */
function repeats(wide: Buffer, values: readonly number[], place: Place): boolean {
  const count = wide.length / 8;
  if (!Number.isInteger(count) || count > values.length) return false;
  return values.slice(0, count).every((value, index) => {
    return readUInt64(wide, index * 8, place) === value;
  });
}

function parseExtra(extra: Buffer, place: Place): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  const parsed = extraFields(extra);
  const length = parsed.reduce((sum, { body }) => sum + 4 + body.length, 0);
  if (length !== extra.length) {
    throw refusal("MA409", "extra", place, "an extra field is malformed");
  }
  for (const { id, body } of parsed) {
    if (fields.has(id) && (id === zip64Extra || id === unicodePathExtra)) {
      throw refusal("MA409", "extra", place, "an extra field is there twice", {
        found: `0x${id.toString(16)}`,
      });
    }
    fields.set(id, body);
  }
  return fields;
}

/** The extra fields of a header as far as they are well formed. */
export function extraFields(extra: Buffer): { readonly id: number; readonly body: Buffer }[] {
  const fields: { id: number; body: Buffer }[] = [];
  for (let position = 0; position + 4 <= extra.length; ) {
    const end = position + 4 + extra.readUInt16LE(position + 2);
    if (end > extra.length) break;
    fields.push({ id: extra.readUInt16LE(position), body: extra.subarray(position + 4, end) });
    position = end;
  }
  return fields;
}

/** Some readers take the name from this field (one byte of version, four of CRC, then UTF-8). */
function checkUnicodePath(field: Buffer | undefined, name: Uint8Array, place: Place): void {
  if (field === undefined || field.subarray(5).equals(name)) return;
  throw refusal("MA409", "extra", place, "an extra field names the entry differently");
}
