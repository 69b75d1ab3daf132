import type { PlanPackage, ReleasePackage } from "@multiarch/contracts";
import type { FetchedPlan } from "@multiarch/plan";
import type { PreparedBinary } from "./prepared-binary.ts";

/** What the making of each format starts from. */
export interface PackageContext {
  readonly fetched: FetchedPlan;
  readonly planPackage: PlanPackage;
  readonly binaries: readonly PreparedBinary[];
  /** The release folder that is being made. */
  readonly folder: string;
}

/** What archives and wheels are made of: an addon means something to Node alone. */
export function executables(binaries: readonly PreparedBinary[]): PreparedBinary[] {
  return binaries.filter(({ kind }) => kind === "executable");
}

export function byTarget(binaries: readonly PreparedBinary[]): Map<string, PreparedBinary[]> {
  const groups = new Map<string, PreparedBinary[]>();
  for (const binary of binaries) {
    groups.set(binary.target, [...(groups.get(binary.target) ?? []), binary]);
  }
  return groups;
}

export function origin(binary: PreparedBinary): ReleasePackage["from"][number] {
  return { leg: binary.row, file: binary.fileId, sha256: binary.sha256 };
}

/** A binary as the rooms of the formats take it. */
export function asPackaged(binary: PreparedBinary) {
  const { row, fileId, bin, kind, target, facts, deflated, sha256 } = binary;
  return { leg: row, fileId, bin, kind, target, facts, deflated, sha256 };
}

/** The fields that all formats fill in the same way. */
export function common(owner: string, kind: ReleasePackage["kind"], fileName: string) {
  return { id: `${kind}:${fileName}`, kind, package: owner, main: false, integrity: null, to: {} };
}
