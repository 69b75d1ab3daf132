export { cargoTools } from "./cargo.ts";
export { describeTools } from "./describe.ts";
export { findGo } from "./go/find-go.ts";
export type { GoRelease, GoTable } from "./go/table.ts";
export { defaultToolCache, thisHost } from "./host.ts";
export { newSearches } from "./searches.ts";
export type * from "./types.ts";
export { findZigbuild } from "./zig/find-zigbuild.ts";
export type { PinnedWheel, ZigbuildPins, ZigbuildTable } from "./zig/table.ts";
