export { buildLeg, type LegRequest } from "./build-leg.ts";
export { factsOf, legDocument } from "./leg-folder.ts";
export {
  type BuildLegFromRowRequest,
  buildPlannedLeg,
  legArtifactName,
  legArtifactPrefix,
} from "./planned-leg.ts";
