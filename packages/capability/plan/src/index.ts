export {
  type FetchedPlan,
  fetchPlan,
  openPlan,
  planArtifactPrefix,
  type RunIdentity,
  storePlan,
} from "./exchange.ts";
export { type ForeignTarget, planMadeElsewhere } from "./made-elsewhere.ts";
export { type MadePlan, makePlan, type PlanRequest, type PlanSource } from "./make-plan.ts";
export type { Routing } from "./make-rows.ts";
export { toMatrix } from "./matrix.ts";
export type { PackagingMetadata } from "./metadata.ts";
export { type NamedRow, type NamedRows, planNamed } from "./named-rows.ts";
export { type LocalMachine, representative } from "./place.ts";
export { checkWarnings } from "./warnings.ts";
