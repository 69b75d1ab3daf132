export { globMatcher, isGlob, type PathStyle, slashed, splitGlob } from "./glob.ts";
export { type WildcardOptions, wildcard } from "./wildcard.ts";
