export { buildWheel, type WheelRequest } from "./build.ts";
export { buildTreeWheel, type TreeFile, type TreeRequest } from "./build-tree.ts";
export { foreignLibraries } from "./foreign-libraries.ts";
export { licenseExpression } from "./license.ts";
export { normalizedName, wheelFileName } from "./names.ts";
export { wheelTags } from "./tags.ts";
export type * from "./types.ts";
export { pep440Version } from "./version.ts";
