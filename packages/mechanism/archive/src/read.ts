import { type Refused, refusal } from "./errors.ts";
import { defaultLimits, type Reading, type Visit } from "./member.ts";
import { readTarGz } from "./read-tar-gz.ts";
import { readZip } from "./read-zip.ts";
import type { ArchiveFormat, FileSource, ReadOptions } from "./types.ts";

/**
 * Reads an archive of either format from its first bytes, never by its name; see `readZip` and `readTarGz`. Throws
 * `UserError` MA401 to MA410.
 */
export async function readMembers(
  path: string,
  source: FileSource,
  options: ReadOptions,
  visit: Visit,
  only: ReadonlySet<string> | null = null,
): Promise<void> {
  const reading: Reading = {
    path,
    limits: { ...defaultLimits, ...options.limits },
    allowLinks: options.allowLinks ?? false,
    only,
    visit,
    refuse: strictly,
    account: null,
  };
  await readFormat(source, reading, await chooseFormat(path, source, options.format));
}

function strictly(fault: Refused): never {
  throw fault;
}

/** The format by the first bytes. Throws `UserError` MA401 when it is none, or not the wanted one. */
export async function chooseFormat(
  path: string,
  source: FileSource,
  wanted: ArchiveFormat | undefined,
): Promise<ArchiveFormat> {
  const detected = detectFormat(Buffer.from(await source.read(0, 4)));
  // Where only the beginning is strange, the reader of the expected format can say what is wrong with it.
  const format = detected ?? wanted ?? null;
  if (format !== null && format === (wanted ?? format)) return format;
  const reason = wanted === "zip" ? "not-a-zip" : "not-an-archive";
  throw refusal("MA401", reason, { path }, "this is not the expected kind of archive", {
    expected: wanted ?? "zip or tar.gz",
    found: format ?? (source.size === 0 ? "an empty file" : "something else"),
  });
}

export function readFormat(
  source: FileSource,
  reading: Reading,
  format: ArchiveFormat,
): Promise<void> {
  return format === "zip" ? readZip(source, reading) : readTarGz(source, reading);
}

/** A zip begins with an entry, an empty one with its end record. */
function detectFormat(head: Buffer): ArchiveFormat | null {
  const start = head.toString("latin1");
  if (start === "PK\x03\x04" || start === "PK\x05\x06") return "zip";
  return start.startsWith("\x1f\x8b") ? "tar.gz" : null;
}
