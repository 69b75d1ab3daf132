import type { Facts } from "@multiarch/contracts";
import { InternalError } from "@multiarch/diagnostics";
import type { PackagedBinary, PackageMeta, WheelFile, WheelSettings, WheelTags } from "./types.ts";

export type * from "./types.ts";

export interface WheelRequest {
  readonly settings: WheelSettings;
  readonly meta: PackageMeta;
  /** Every executable of the package for one target. */
  readonly binaries: readonly PackagedBinary[];
  readonly outputFolder: string;
}

/** A semver version in Python's spelling. @throws UserError MA821 for one that has no such spelling */
export function pep440Version(_semver: string): string {
  throw new InternalError("not written yet");
}

/** The platform tags of a wheel with these executables. Pure. */
export function wheelTags(_facts: Facts | readonly Facts[], _target: string): WheelTags {
  throw new InternalError("not written yet");
}

export async function buildWheel(_request: WheelRequest): Promise<WheelFile> {
  throw new InternalError("not written yet");
}
