export type { Availability, RegisteredRunner } from "./types.ts";
