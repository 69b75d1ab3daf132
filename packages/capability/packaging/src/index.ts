import type { Deflated } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";

/** One executable or addon of the package, built for one target. */
export interface PackagedBinary {
  /** Row of the leg that built it. */
  readonly leg: string;
  /** Id of the file in that leg. */
  readonly fileId: string;
  /** Command name, without `.exe`; of an addon its name without `.node`. */
  readonly bin: string;
  readonly kind: "executable" | "addon";
  /** Canonical target, as asked. */
  readonly target: string;
  /** Read from the bytes. Everything that a package says of its platform comes from here. */
  readonly facts: Facts;
  readonly deflated: Deflated;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** A small file that is put into packages as it is. */
export interface PackageFile {
  /** Relative name with `/`. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** What packages say about the project. */
export interface PackageMeta {
  readonly name: string;
  /** Semver. */
  readonly version: string;
  readonly description: string | null;
  /** An SPDX expression. */
  readonly license: string | null;
  readonly repository: string | null;
  readonly homepage: string | null;
  /** The commit that everything was built from. */
  readonly commit?: string | null;
  /** Seconds since 1970: the date of every file in every package. */
  readonly epoch: number;
  readonly readme: PackageFile | null;
  readonly licenses: readonly PackageFile[];
}
