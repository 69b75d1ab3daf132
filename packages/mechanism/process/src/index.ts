export { runChecked } from "./checked.ts";
export { childEnvironment } from "./environment.ts";
export { type ChildOutput, type Fence, type FencedLog, fence, neutralise } from "./fence.ts";
export { findExecutable } from "./find.ts";
export { runProcess } from "./run.ts";
export { onStop } from "./stop.ts";
export type { RunOptions, RunResult } from "./types.ts";
