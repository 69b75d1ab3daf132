export type { ActionsTransportOptions, Limits } from "./actions/limits.ts";
export { actionsTransport, chooseTransport, directoryTransport } from "./choose.ts";
export type * from "./types.ts";
