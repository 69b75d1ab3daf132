import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { Refused } from "./errors.ts";
import type { ArchiveLimits, ArchiveMember, ZipAccountDraft } from "./types.ts";

/** An entry of an archive that is being read, after all checks that its headers allow. */
export interface Member {
  /** Relative, safe, without a final slash. */
  readonly name: string;
  readonly kind: "file" | "folder" | "symlink" | "hardlink";
  /** Bytes of a file; 0 for all else. */
  readonly size: number;
  /** `(stored & 0o755) | 0o600`, so that nothing is set-uid, shared for writing or closed to its owner. */
  readonly mode: number;
  /** Permission bits as they stand; `null`: the archive holds none, or those of a system without them. */
  readonly storedMode: number | null;
  /** What a link points to. */
  readonly target: string | null;
}

/**
 * Called for each member in turn, with its content in checked chunks (none but for files). The content counts as good
 * only when it was read to its end without an error.
 */
export type Visit = (member: Member, content: AsyncIterable<Uint8Array>) => Promise<void>;

/** What the readers are asked for. */
export interface Reading {
  /** The archive's path, for messages. */
  readonly path: string;
  readonly limits: ArchiveLimits;
  readonly allowLinks: boolean;
  /** Visit these members only; without it all. */
  readonly only: ReadonlySet<string> | null;
  readonly visit: Visit;
  /** Told of every fault. Throws it where one fault refuses the whole archive; where it returns, reading goes on as it can. */
  readonly refuse: (fault: Refused) => void;
  /** Filled with what the directory of a zip says, where that is asked for. */
  readonly account: ZipAccountDraft | null;
}

/** Does one step of a reading; a fault in it leads to `null` where reading goes on. */
export async function attempt<Result>(
  reading: Reading,
  step: () => Result | Promise<Result>,
): Promise<Result | null> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    reading.refuse(error);
    return null;
  }
}

/** A Go toolchain (11.5 thousand entries) needs its caller to raise the first. */
export const defaultLimits: ArchiveLimits = {
  entries: 10_000,
  fileBytes: 2 ** 30,
  totalBytes: 4 * 2 ** 30,
  ratio: 200,
  // Small files of zeros are common and harmless.
  ratioFrom: 2 ** 20,
};

/** The mode that an extracted file gets. `null`: the archive holds none. */
export function safeMode(stored: number | null): number {
  return stored === null ? 0o644 : (stored & 0o755) | 0o600;
}

/** Text of UTF-8 bytes; `null` when they are no valid UTF-8. */
export function decodeStrictly(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? Buffer.from(bytes).toString() : null;
}

/** The public description of a file or symbolic link. */
export function describe(member: Member, sha256: string): ArchiveMember {
  const { name, size, mode, target } = member;
  return { name, size, mode, sha256, ...(target === null ? {} : { link: target }) };
}

export function hashText({ target }: Member): string {
  return createHash("sha256")
    .update(target ?? "")
    .digest("hex");
}
