export { type Merged, type MergeRequest, merge } from "./merge.ts";
