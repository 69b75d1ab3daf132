import type { RefusalReason, ZipAccount, ZipEntryAccount } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";

export type { RefusalReason, ZipAccount, ZipEntryAccount };

/** A file of a package or archive. */
export interface Member {
  /** With `/`; of an npm package without the first folder, whatever that is called. */
  readonly path: string;
  /** Octal, `0755`; `null`: the archive holds none, as a zip made on DOS. */
  readonly mode: string | null;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  /** `null`: no native file. */
  readonly facts: Facts | null;
  /** Why a file that is native by its first bytes could not be read. */
  readonly damage: Damage | null;
  /** Where a symbolic link points to; its sha256 is that of this text, which installers write in its place. */
  readonly link?: string;
}

export interface Damage {
  /** Id of the error, `MA602`. */
  readonly id: string;
  readonly text: string;
}

/** Why an archive, or one member of it, is not what its format asks for. */
export interface Refusal {
  /** Id of the error, `MA405`. */
  readonly id: string;
  /** Which rule of the format is broken; kept for good, rules are told apart by it. Of `name-form` the first is told only. */
  readonly reason: RefusalReason;
  /** As the archive names it. */
  readonly member: string | null;
  readonly text: string;
  readonly expected: string;
  readonly found: string;
}

interface About {
  /** As it was given, for reports. */
  readonly path: string;
  /** Without folders. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

interface Packed extends About {
  /**
   * Files and links in the order of the archive. What could not be read is not here but in `refusals`, by name; a damaged
   * tar ends where it became unreadable.
   */
  readonly members: readonly Member[];
  /** The files that describe the package, by path. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  readonly refusals: readonly Refusal[];
}

export interface NativeContents extends About {
  readonly kind: "executable" | "addon" | "library";
  readonly mode: string;
  readonly facts: Facts;
}

export interface WheelContents extends Packed {
  readonly kind: "wheel";
  readonly zip: ZipAccount;
}

export interface SdistContents extends Packed {
  readonly kind: "sdist";
}

export interface NpmContents extends Packed {
  readonly kind: "npm";
  /** The first folder, usually `package`. */
  readonly root: string;
}

export interface ArchiveContents extends Packed {
  readonly kind: "archive";
  readonly format: "zip" | "tar.gz";
}

export interface OtherContents extends About {
  readonly kind: "other";
  /** What it seems to be: "a shell script". */
  readonly found: string;
  readonly damage: Damage | null;
}

export type Contents =
  | NativeContents
  | WheelContents
  | SdistContents
  | NpmContents
  | ArchiveContents
  | OtherContents;
