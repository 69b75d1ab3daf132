import { archives } from "./catalog/archives.ts";
import { binaries } from "./catalog/binaries.ts";
import { builders } from "./catalog/builders.ts";
import { builds } from "./catalog/builds.ts";
import { documents } from "./catalog/documents.ts";
import { emulators } from "./catalog/emulators.ts";
import { gates } from "./catalog/gates.ts";
import { inputs } from "./catalog/inputs.ts";
import { merges } from "./catalog/merges.ts";
import { packages } from "./catalog/packages.ts";
import { plans } from "./catalog/plans.ts";
import { projects } from "./catalog/projects.ts";
import { transfers } from "./catalog/transfers.ts";

/** Every error a user can meet, by the hundreds of its id. */
export const catalog = {
  ...inputs,
  ...projects,
  ...plans,
  ...builds,
  ...archives,
  ...emulators,
  ...builders,
  ...transfers,
  ...binaries,
  ...merges,
  ...packages,
  ...documents,
  ...gates,
} as const;

export type ErrorId = keyof typeof catalog;
