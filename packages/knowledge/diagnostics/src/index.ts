export { catalog, type ErrorId } from "./catalog.ts";
export { InternalError, UserError, type UserErrorDetails } from "./errors.ts";
export { type Log, silentLog } from "./log.ts";
export { nearest } from "./nearest.ts";
