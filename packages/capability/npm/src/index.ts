export { buildNpmPackages, type NpmRequest } from "./build.ts";
export { planNpmNames, tarballName } from "./names.ts";
export type * from "./types.ts";
export { distributionTag, whyInvalidName, whyInvalidVersion } from "./validity.ts";
