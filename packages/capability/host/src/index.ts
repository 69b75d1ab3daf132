export { canRun, type Demands, type Execution } from "./can-run.ts";
export { detectHost } from "./detect.ts";
export { emulatorWord } from "./emulators.ts";
export { hostOutputs, withProofs } from "./outputs.ts";
export { ownTarget } from "./own-target.ts";
export { probeProgram, provableArchitectures, provenCode } from "./probe-program.ts";
export { systemProbes } from "./probes.ts";
export { type Proof, proveExecution } from "./prove.ts";
export type { HostFacts, Probes } from "./types.ts";
