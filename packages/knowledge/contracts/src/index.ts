export {
  type DocumentKind,
  type DocumentOf,
  digest,
  type ParsedDocument,
  parseDocument,
  parseJson,
  serialize,
} from "./document.ts";
export {
  type Architecture,
  architectures,
  type Facts,
  facts,
  type Libc,
  type MachoSlice,
  type OperatingSystem,
  operatingSystems,
} from "./facts.ts";
export {
  type Leg,
  type LegFile,
  type LegHost,
  leg,
  type SmokeResult,
  type ToolUsed,
} from "./leg.ts";
export {
  type BuilderName,
  builderNames,
  type Check,
  type FileKind,
  fileKinds,
  type ProjectIdentity,
} from "./parts.ts";
export {
  type MatrixRow,
  matrixRow,
  type Place,
  type Plan,
  type PlanPackage,
  type PlanRow,
  plan,
} from "./plan.ts";
export {
  type DocumentReference,
  formatReference,
  parseMatrixRow,
  parseReference,
  planId,
} from "./reference.ts";
export {
  type InstallResult,
  type Release,
  type ReleaseKind,
  type ReleasePackage,
  release,
} from "./release.ts";
export { toolIdentity } from "./tool.ts";
