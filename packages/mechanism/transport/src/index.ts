export type { ActionsTransportOptions, Limits } from "./actions/limits.ts";
export { actionsTransport } from "./actions/transport.ts";
export { chooseTransport } from "./choose.ts";
export { directoryTransport } from "./directory.ts";
export type * from "./types.ts";
