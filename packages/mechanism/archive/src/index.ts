import { InternalError } from "@multiarch/diagnostics";
import type { ArchiveMember, ReadOptions } from "./types.ts";

export { deflateFile } from "./deflate.ts";
export { fileSource, hashFile } from "./files.ts";
export { cleanStale, replaceFolder, stageBeside } from "./folders.ts";
export { checkEntryName } from "./names.ts";
export { writeFileAtomic } from "./output.ts";
export { checksumFile } from "./sums.ts";
export type * from "./types.ts";
export { writeTarGz } from "./write-tar-gz.ts";
export { writeZip } from "./write-zip.ts";

const soon = (): never => {
  throw new InternalError("not written yet");
};
export async function extractArchive(
  _path: string,
  _destination: string,
  _options: ReadOptions = {},
): Promise<ArchiveMember[]> {
  return soon();
}
export async function listArchive(
  _path: string,
  _options: ReadOptions = {},
): Promise<ArchiveMember[]> {
  return soon();
}
/** Contents of the named files; each must exist. `maximumBytes` bounds each one (default 16 MiB). */
export async function readArchiveEntries(
  _path: string,
  _names: readonly string[],
  _options: ReadOptions & { maximumBytes?: number } = {},
): Promise<Map<string, Uint8Array>> {
  return soon();
}
