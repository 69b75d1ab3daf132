import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "@multiarch/archive";
import type { Check, LegFile } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";

/** A file of a leg on disk, with the hash that the leg names. */
export interface SameFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Hashes a delivered file again. @returns an MA707 when it is not there or not what the leg says */
export async function sameBytes(
  artifact: string,
  folder: string,
  file: LegFile,
): Promise<SameFile | UserError> {
  const path = join(folder, file.path);
  const state = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (state?.isFile() !== true) {
    return unexpected(artifact, file, "a file in the artifact", "nothing");
  }
  const { size, sha256 } = await hashFile(path);
  if (sha256 === file.sha256) return { path, size, sha256 };
  return unexpected(artifact, file, `sha256 ${file.sha256}`, `sha256 ${sha256}`);
}

export function unexpected(
  artifact: string,
  { path }: LegFile,
  expected: string,
  found: string,
): UserError {
  return new UserError("MA707", {
    what: `${path} of ${artifact} is not what its leg says`,
    expected,
    found,
  });
}

/** What a rule calls an error. */
export function broken(artifact: string, { rule, file, expected, found }: Check): UserError {
  return new UserError("MA708", {
    what: `${file} of ${artifact} is not what its target asks for (${rule})`,
    expected,
    found,
  });
}
