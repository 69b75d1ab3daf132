export { type Merged, type MergeRequest, merge } from "./merge.ts";
export { type StoredRelease, storeRelease } from "./store-release.ts";
