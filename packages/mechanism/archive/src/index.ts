export { deflateFile } from "./deflate.ts";
export { explainWriteError, Refused } from "./errors.ts";
export { extractArchive } from "./extract.ts";
export { fileSource, hashFile } from "./files.ts";
export { cleanStale, replaceFolder, stageBeside, withStaged } from "./folders.ts";
export {
  type InspectedMember,
  type Inspection,
  type InspectionOptions,
  inspectArchive,
} from "./inspect.ts";
export { listArchive, readArchiveEntries } from "./list.ts";
export { checkEntryName } from "./names.ts";
export { writeFileAtomic } from "./output.ts";
export { checksumFile } from "./sums.ts";
export type * from "./types.ts";
export { writeTarGz } from "./write-tar-gz.ts";
export { writeZip } from "./write-zip.ts";
