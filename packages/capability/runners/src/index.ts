export type { Clock } from "./clock.ts";
export { listRunners, type RunnersRequest } from "./list-runners.ts";
export type { Availability, RegisteredRunner } from "./types.ts";
