export {
  type ExtractedNative,
  type Extraction,
  extractNative,
  extractWithContents,
} from "./extract-native.ts";
export { type ReadContentsOptions, readContents } from "./read-contents.ts";
export type * from "./types.ts";
