export {
  type FetchedPlan,
  fetchPlan,
  planArtifactPrefix,
  type RunIdentity,
  storePlan,
} from "./exchange.ts";
export { type MadePlan, makePlan, type PlanRequest } from "./make-plan.ts";
export type { Routing } from "./make-rows.ts";
export { toMatrix } from "./matrix.ts";
export type { PackagingMetadata } from "./metadata.ts";
export { type NamedRow, type NamedRows, planNamed } from "./named-rows.ts";
export { type LocalMachine, representative } from "./place.ts";
export { checkWarnings } from "./warnings.ts";
