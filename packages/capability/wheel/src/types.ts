import type { Deflated } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";

/** One executable of the package, built for one target. */
export interface PackagedBinary {
  /** Row of the leg that built it. */
  readonly leg: string;
  /** Id of the file in that leg. */
  readonly fileId: string;
  /** Command name, without `.exe`. */
  readonly bin: string;
  readonly kind: "executable";
  /** Canonical target, as asked. */
  readonly target: string;
  /** Read from the bytes. The tags come from here. */
  readonly facts: Facts;
  readonly deflated: Deflated;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** A small file that is put into the wheel as it is. */
export interface PackageFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What packages say about the project. */
export interface PackageMeta {
  readonly name: string;
  /** Semver. */
  readonly version: string;
  readonly description: string | null;
  readonly license: string | null;
  readonly repository: string | null;
  readonly homepage: string | null;
  /** Seconds since 1970: the date of every file in the wheel. */
  readonly epoch: number;
  readonly readme: PackageFile | null;
  readonly licenses: readonly PackageFile[];
}

export interface WheelSettings {
  /** Name of the distribution, in any spelling. */
  readonly name: string;
  /** A version specifier: `>=3.8`. */
  readonly requiresPython: string;
  /** Add a module, so that `python -m <name>` works. */
  readonly module: boolean;
}

export interface WheelFile {
  /** Path of the `.whl`. */
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** Normalised, as in the file name. */
  readonly name: string;
  /** PEP 440. */
  readonly version: string;
  /** Platform tags, sorted. */
  readonly tags: readonly string[];
  readonly target: string;
  readonly from: readonly {
    readonly leg: string;
    readonly file: string;
    readonly sha256: string;
  }[];
}

/** The platform tags that the bytes earn, sorted, or why there are none. */
export type WheelTags = { readonly tags: readonly string[] } | { readonly none: string };
