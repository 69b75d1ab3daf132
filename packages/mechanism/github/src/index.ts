export { type RunContext, runContext, valueAt } from "./context.ts";
export { addPath, getState, saveState, setOutput } from "./file-command.ts";
export { guardMain } from "./guard.ts";
export type { InputDefinition, InputSpecification, Inputs } from "./input-types.ts";
export { readInputs } from "./inputs.ts";
export {
  type ActionsLog,
  type AnnotationLevel,
  type AnnotationPlace,
  actionsLog,
} from "./log.ts";
export { type Environment, inActions, standardOutput, type Write } from "./runner.ts";
export { setSecret, wouldBeDropped } from "./secrets.ts";
export { appendSummary } from "./summary.ts";
export { summaryTable } from "./table.ts";
export { type Trust, trustOf } from "./trust.ts";
