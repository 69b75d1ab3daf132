export { checkNpmSettings } from "./before-build.ts";
export { buildNpmPackages, type NpmRequest } from "./build.ts";
export { tarballName } from "./layouts.ts";
export { planNpmNames } from "./names.ts";
export type * from "./types.ts";
export { distributionTag, whyInvalidName, whyInvalidVersion } from "./validity.ts";
