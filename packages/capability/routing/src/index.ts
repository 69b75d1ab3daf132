export {
  type Candidate,
  candidatesFor,
  groupsAsked,
  longestPrefix,
  type RunnerTable,
} from "./candidates.ts";
export { type Derived, derivations, derive } from "./derive.ts";
export type { EventFacts } from "./event.ts";
export { eventFactsOf } from "./event-of-run.ts";
export { type Axes, type Cell, type Cells, expand, looselyEqual } from "./expand.ts";
export { checkLabels } from "./labels.ts";
export { expandNamed, type NamedMatrix, rowName } from "./named-matrix.ts";
export { chooseRoute, type Manner, type Route, type RouteRequest } from "./route.ts";
export { checkRules, misspeltEvent } from "./rule-problems.ts";
export { type Condition, firstFitting } from "./rules.ts";
export { parseRunnerLines } from "./runner-lines.ts";
export { describeRunsOn, type RunsOn } from "./runs-on.ts";
export { isHosted, type Site, siteOf } from "./site.ts";
