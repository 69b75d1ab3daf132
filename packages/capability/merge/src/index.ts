export {
  type AdoptableFile,
  type Adopted,
  type AdoptionContext,
  adoptPackages,
} from "./adopted.ts";
export { checkPackaging } from "./check-packaging.ts";
export type { ForeignRequest, MergedForeign, TakenFile } from "./from/merge-foreign.ts";
export { mergeForeign } from "./from/start.ts";
export { foreignWishes, type SaidOfPackages } from "./from/wishes.ts";
export type { Merged, ReleaseOptions } from "./make-release.ts";
export { type MergeRequest, merge } from "./merge.ts";
export { checkOutputFolder } from "./output-folder.ts";
export { type StoredRelease, storeRelease } from "./store-release.ts";
