import { InternalError } from "@multiarch/diagnostics";
import type {
  ArchiveEntry,
  ArchiveMember,
  Deflated,
  FileHashes,
  FileSource,
  ReadOptions,
  WriteOptions,
  WrittenFile,
} from "./types.ts";

export type * from "./types.ts";

const soon = (): never => {
  throw new InternalError("not written yet");
};
export async function deflateFile(_path: string, _temporaryFolder: string): Promise<Deflated> {
  return soon();
}
export async function writeTarGz(
  _out: string,
  _entries: readonly ArchiveEntry[],
  _options: WriteOptions,
): Promise<WrittenFile> {
  return soon();
}
export async function writeZip(
  _out: string,
  _entries: readonly ArchiveEntry[],
  _options: WriteOptions,
): Promise<WrittenFile> {
  return soon();
}
export async function hashFile(_path: string): Promise<FileHashes> {
  return soon();
}
export function checksumFile(
  _lines: readonly { readonly name: string; readonly sha256: string }[],
): string {
  return soon();
}
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
export function checkEntryName(_name: string): string | null {
  return soon();
}
export async function writeFileAtomic(
  _path: string,
  _data: Uint8Array | string,
  _mode = 0o644,
): Promise<void> {
  return soon();
}
export async function replaceFolder(_staged: string, _final: string): Promise<void> {
  return soon();
}
export async function cleanStale(_parent: string): Promise<string[]> {
  return soon();
}
/** A fresh folder next to `final`, for `replaceFolder`; `cleanStale` knows its name. */
export async function stageBeside(_final: string): Promise<string> {
  return soon();
}
export async function fileSource(_path: string): Promise<FileSource> {
  return soon();
}
