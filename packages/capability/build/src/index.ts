export { legArtifactName, legArtifactPrefix, legDocument } from "./artifact.ts";
export { buildLeg, type LegRequest } from "./build-leg.ts";
export { describeFile, factsOf, nativeFacts, writeLeg } from "./leg-folder.ts";
export { executableName } from "./names.ts";
export { type BuildLegFromRowRequest, buildPlannedLeg } from "./planned-leg.ts";
export { readTreePath, treePath } from "./tree-path.ts";
