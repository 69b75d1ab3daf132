export { listRunners, type RunnersRequest } from "./list-runners.ts";
export type { Availability, RegisteredRunner } from "./types.ts";
