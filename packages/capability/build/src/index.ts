export { legArtifactName, legArtifactPrefix, legDocument } from "./artifact.ts";
export { buildLeg, type LegRequest } from "./build-leg.ts";
export { factsOf } from "./leg-folder.ts";
export { type BuildLegFromRowRequest, buildPlannedLeg } from "./planned-leg.ts";
