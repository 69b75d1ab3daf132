export { rows } from "./data/rows.ts";
export { runnerLabels } from "./data/runners.ts";
export { ownIds } from "./own.ts";
export { parseTarget, readings } from "./parse.ts";
export { fillPlaceholders, placeholders } from "./placeholders.ts";
export { findRunnerLabel, hostedLabel, labelWarning } from "./runners.ts";
export { type NamingSystem, nameIn, namingSystems } from "./systems.ts";
export { targetTable } from "./table.ts";
export type { GoPlatform, HostedRunner, RunnerLabel, Target, TargetRow } from "./types.ts";
