import type { Facts } from "@multiarch/contracts";

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
  /** Which rule of the format is broken; kept for good, rules are told apart by it. */
  readonly reason: string;
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
  /** In the order of the archive; up to the place where it became unreadable. */
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

/** What the directory of a zip says of an entry; numbers as in PKWARE's APPNOTE. */
export interface ZipEntryAccount {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly flags: number;
  /** "version made by", upper byte: 0 DOS, 3 Unix. */
  readonly creator: number;
  readonly externalAttributes: number;
  readonly extraIds: readonly number[];
  readonly packedSize: number;
  readonly size: number;
  readonly commentSize: number;
}

export interface ZipAccount {
  readonly entries: readonly ZipEntryAccount[];
  /** Bytes of the comment at the end. */
  readonly commentSize: number;
  /** What the zip64 end record says of its own size; `null`: there is none. */
  readonly zip64RecordSize: number | null;
}
