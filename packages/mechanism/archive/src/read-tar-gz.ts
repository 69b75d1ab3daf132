import { Admission } from "./admission.ts";
import { ByteQueue } from "./byte-queue.ts";
import { type Place, refusal } from "./errors.ts";
import { gunzip } from "./gunzip.ts";
import { attempt, type Member, type Reading, safeMode } from "./member.ts";
import {
  decodeName,
  parsePax,
  parseRecord,
  recordBytes,
  type TarExtension,
  type TarRecord,
  untilNul,
} from "./tar-fields.ts";
import type { FileSource } from "./types.ts";
import { none, visitFully } from "./visit.ts";

/** Extended headers of one member together. */
const maximumExtendedBytes = 2 ** 20;

/**
 * Reads a tar in gzip: v7, ustar, pax and GNU's long names. Throws `UserError` MA402 to MA408. Whether the gzip checksum
 * is right shows only at the end, so nothing visited may be used before this returns.
 */
export async function readTarGz(source: FileSource, reading: Reading): Promise<void> {
  const admission = new Admission(reading, source.size);
  const chunks = gunzip(source, { path: reading.path }, admission, reading.refuse);
  try {
    await readTar(new ByteQueue(chunks), reading, admission);
    for (let rest = await chunks.next(); rest.done !== true; ) rest = await chunks.next();
  } finally {
    await chunks.return(undefined);
  }
}

async function readTar(queue: ByteQueue, reading: Reading, admission: Admission): Promise<void> {
  const place: Place = { path: reading.path };
  let extension: TarExtension = {};
  let extendedBytes = 0;
  for (;;) {
    const bytes = await queue.exactly(recordBytes);
    if (bytes.length < recordBytes) throw cutShort(place);
    if (isZero(bytes)) break;
    admission.count();
    const record = parseRecord(bytes, place);
    if (!"xgLK".includes(record.type)) {
      await readMember(queue, record, extension, reading, admission);
      extension = {};
      extendedBytes = 0;
      continue;
    }
    extendedBytes += record.size;
    if (extendedBytes > maximumExtendedBytes) {
      throw refusal("MA406", "size", place, "extended tar headers are too long", {
        expected: `at most ${maximumExtendedBytes} bytes`,
        found: `${extendedBytes}`,
      });
    }
    const body = await queue.exactly(paddedSize(record.size));
    if (body.length < paddedSize(record.size)) throw cutShort(place);
    const added = readExtension(record.type, body.subarray(0, record.size), place);
    extension = join(extension, added, place);
  }
  if (Object.keys(extension).length > 0) {
    throw refusal("MA402", "header", place, "an extended tar header belongs to no entry");
  }
  await readEnd(queue, place);
}

function readExtension(type: string, body: Buffer, place: Place): TarExtension {
  if (type === "L") return { path: decodeName(untilNul(body), place) };
  if (type === "K") return { target: decodeName(untilNul(body), place) };
  const extension = parsePax(body, place);
  if (type === "x" || Object.keys(extension).length === 0) return extension;
  throw refusal("MA409", "header", place, "a global tar header names or measures entries");
}

/** Readers differ in which of two headers wins, so there may be only one for each thing. */
function join(left: TarExtension, right: TarExtension, place: Place): TarExtension {
  const twice = Object.keys(right).find((key) => key in left);
  if (twice === undefined) return { ...left, ...right };
  throw refusal("MA409", "header", place, "two extended tar headers name one thing", {
    found: twice,
  });
}

async function readMember(
  queue: ByteQueue,
  record: TarRecord,
  extension: TarExtension,
  reading: Reading,
  admission: Admission,
): Promise<void> {
  const archive: Place = { path: reading.path };
  const fullName = extension.path ?? decodeName(record.name, archive);
  const size = extension.size ?? record.size;
  const place: Place = { ...archive, member: fullName };
  const member = await attempt(reading, () => {
    const kind = kindOf(record.type, fullName, size, place);
    const link = kind === "symlink" || kind === "hardlink";
    return admission.admit<Member>({
      name: kind === "folder" && fullName.endsWith("/") ? fullName.slice(0, -1) : fullName,
      kind,
      size,
      mode: safeMode(record.mode),
      storedMode: record.mode,
      target: link ? (extension.target ?? decodeName(record.target, place)) : null,
    });
  });
  const wanted = member !== null && (reading.only === null || reading.only.has(member.name));
  const content = exactly(queue, size, place);
  if (!wanted) for await (const _chunk of content);
  else if (member.kind === "file") await visitFully(reading, member, content);
  else await reading.visit(member, none());
  const padding = paddedSize(size) - size;
  if ((await queue.exactly(padding)).length < padding) throw cutShort(place);
}

function kindOf(type: string, name: string, size: number, place: Place): Member["kind"] {
  const kinds: Record<string, Member["kind"]> = {
    // The oldest form marks a folder by the final slash alone.
    "0": name.endsWith("/") ? "folder" : "file",
    "1": "hardlink",
    "2": "symlink",
    "5": "folder",
  };
  const kind = kinds[type];
  if (kind === undefined) {
    const found = { "3": "a device", "4": "a device", "6": "a pipe", S: "a sparse file" }[type];
    throw refusal("MA405", "type", place, "an entry is neither file, folder nor link", {
      found: found ?? `type ${JSON.stringify(type)}`,
    });
  }
  if (kind === "file" || size === 0) return kind;
  throw refusal("MA409", "header", place, "a folder or link has content");
}

async function* exactly(queue: ByteQueue, size: number, place: Place): AsyncGenerator<Uint8Array> {
  let missing = size;
  for await (const chunk of queue.stream(size)) {
    missing -= chunk.length;
    yield chunk;
  }
  if (missing > 0) throw cutShort(place);
}

/** After the first empty record there is a second, and then only the rest of a block of them. */
async function readEnd(queue: ByteQueue, place: Place): Promise<void> {
  const second = await queue.exactly(recordBytes);
  if (second.length < recordBytes) throw cutShort(place);
  if (!isZero(second))
    throw refusal("MA408", "trailing-data", place, "data follows the end of the tar");
  for await (const chunk of queue.stream(Number.POSITIVE_INFINITY)) {
    if (!isZero(chunk))
      throw refusal("MA408", "trailing-data", place, "data follows the end of the tar");
  }
}

function cutShort(place: Place): Error {
  return refusal("MA402", "truncated", place, "the tar is cut short");
}

function paddedSize(size: number): number {
  return Math.ceil(size / recordBytes) * recordBytes;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
