const recordBytes = 512;
/** What eleven octal digits hold: 8 GiB less one. */
const maximumOctalSize = 0o77777777777;
const maximumOctalTime = 0o77777777777;

interface HeaderFields {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * The header record of a regular file in POSIX ustar form, with a pax record before it when the name or size does not
 * fit. Owner and group are 0 and unnamed, so that nothing of the host shows.
 */
export function tarHeader(fields: HeaderFields): Uint8Array {
  const split = splitName(Buffer.from(fields.name));
  const extended: [string, string][] = [
    ...(split === null ? [["path", fields.name] as [string, string]] : []),
    ...(fields.size > maximumOctalSize ? [["size", String(fields.size)] as [string, string]] : []),
  ];
  const own = record({
    ...fields,
    type: "0",
    size: fields.size > maximumOctalSize ? 0 : fields.size,
    ...(split ?? { prefix: Buffer.alloc(0), name: cutName(fields.name) }),
  });
  if (extended.length === 0) return own;
  const body = Buffer.concat(extended.map(([key, value]) => paxLine(key, value)));
  const header = record({
    name: Buffer.from("PaxHeaders/file"),
    prefix: Buffer.alloc(0),
    mode: 0o644,
    size: body.length,
    time: fields.time,
    type: "x",
  });
  return Buffer.concat([header, body, tarPadding(body.length), own]);
}

/** The zero bytes that fill the last record of content. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((recordBytes - (size % recordBytes)) % recordBytes);
}

/** The two empty records that end an archive. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * recordBytes);
}

/** Name and prefix fields (100 and 155 bytes, joined by `/` when read); `null` when the name fits no split. */
function splitName(name: Buffer): { name: Buffer; prefix: Buffer } | null {
  if (name.length <= 100) return { name, prefix: Buffer.alloc(0) };
  const slash = name.indexOf(0x2f, name.length - 101);
  if (slash <= 0 || slash > 155 || slash === name.length - 1) return null;
  return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}

/** What a reader without pax shows: the beginning of the name, without half a character at its end. */
function cutName(name: string): Buffer {
  const bytes = Buffer.from(name);
  let end = Math.min(bytes.length, 100);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

/** One pax record: `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxLine(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length;
  }
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function record(fields: {
  name: Buffer;
  prefix: Buffer;
  mode: number;
  size: number;
  time: number;
  type: "0" | "x";
}): Uint8Array {
  const bytes = Buffer.alloc(recordBytes);
  const octal = (value: number, offset: number, digits: number) =>
    bytes.write(value.toString(8).padStart(digits, "0"), offset);
  fields.name.copy(bytes, 0);
  octal(fields.mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(fields.size, 124, 11);
  octal(Math.min(Math.max(fields.time, 0), maximumOctalTime), 136, 11);
  bytes.write("        ", 148);
  bytes.write(fields.type, 156);
  bytes.write("ustar\x0000", 257);
  octal(0, 329, 7);
  octal(0, 337, 7);
  fields.prefix.copy(bytes, 345);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  bytes.writeUInt8(0, 154);
  return bytes;
}
