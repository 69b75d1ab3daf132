import { statfs } from "node:fs/promises";
import { type ErrorId, UserError, type UserErrorDetails } from "@multiarch/diagnostics";
import { quoteName } from "./names.ts";
import type { RefusalReason } from "./types.ts";

/** Place of a fault in an archive. The member's name comes from the archive and is quoted. */
export interface Place {
  readonly path: string;
  readonly member?: string;
}

/** What is wrong with an archive. `reason` tells the rules of the formats apart where one id stands for several. */
export class Refused extends UserError {
  readonly reason: RefusalReason;
  /** The entry it is about, as the archive names it; `null`: the archive as a whole. */
  readonly member: string | null;

  constructor(
    id: ErrorId,
    reason: RefusalReason,
    member: string | null,
    details: UserErrorDetails,
  ) {
    super(id, details);
    this.reason = reason;
    this.member = member;
  }
}

/** A refusal of an archive. */
export function refusal(
  id: ErrorId,
  reason: RefusalReason,
  place: Place,
  what: string,
  details: { expected?: string; found?: string; cause?: unknown } = {},
): Refused {
  const where =
    place.member === undefined ? place.path : `${place.path}, entry ${quoteName(place.member)}`;
  return new Refused(id, reason, place.member ?? null, { what, where, ...details });
}

/** The code of an error of Node (`ENOENT`, `Z_DATA_ERROR`); `null` for anything else. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** Faults of the place that is written to. Trying again does not help, so they are explained at once. */
const placeFaults: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "access is denied",
  EPERM: "the operation is not permitted",
  ENOTDIR: "a file stands where a folder is needed",
};

/**
 * Turns a file system's refusal to write into a `UserError` that says how much room is left; any other error is
 * returned as it is.
 */
export async function explainWriteError(
  error: unknown,
  folder: string,
  needed?: number,
): Promise<unknown> {
  const code = errorCode(error) ?? "";
  const fault = placeFaults[code];
  if (fault === undefined) return error;
  const full = code === "ENOSPC" || code === "EDQUOT";
  const free = full ? await freeBytes(folder) : null;
  return new UserError("MA411", {
    what: `cannot write: ${fault}`,
    where: folder,
    ...(full && needed !== undefined ? { expected: `room for ${needed} bytes` } : {}),
    found: free === null ? code : `${code}, ${free} bytes free`,
    cause: error,
  });
}

/** Free bytes where `folder` lies; `null` where the system does not tell (the folder may be gone by now). */
async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (errorCode(error) !== null) return null;
    throw error;
  }
}
