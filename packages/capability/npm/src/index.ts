import { InternalError } from "@multiarch/diagnostics";
import type { NpmPackage, NpmPlan, NpmSettings, PackagedBinary, PackageMeta } from "./types.ts";

export type * from "./types.ts";

export interface NpmRequest {
  readonly settings: NpmSettings;
  readonly meta: PackageMeta;
  readonly binaries: readonly PackagedBinary[];
  readonly outputFolder: string;
}

/** Names of everything that would be published. Pure. @throws UserError MA801–MA805 */
export function planNpmNames(
  _settings: NpmSettings,
  _meta: PackageMeta,
  _binaries: readonly PackagedBinary[],
): NpmPlan {
  throw new InternalError("not written yet");
}

/** Writes every npm package of one project package, in publish order: platform packages sorted by name, the main one last. */
export async function buildNpmPackages(_request: NpmRequest): Promise<NpmPackage[]> {
  throw new InternalError("not written yet");
}
