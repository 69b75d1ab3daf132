import type { PythonMetadata } from "@multiarch/project";

export type { PackagedBinary, PackageFile, PackageMeta } from "@multiarch/packaging";

export interface WheelSettings {
  /** Name of the distribution, in any spelling. */
  readonly name: string;
  /** A version specifier: `>=3.8`. */
  readonly requiresPython: string;
  /** Add a module, so that `python -m <name>` works. */
  readonly module: boolean;
  /** Patterns of libraries that whoever installs the wheel has anyhow: `libcuda.so.1`, `libQt5*`. */
  readonly exclude?: readonly string[];
  /** Absent: nothing besides what every package format says. */
  readonly metadata?: PythonMetadata;
}

/** The three sets of a wheel's tags, each sorted. */
export interface FullTags {
  /** `py3`, `cp313`. */
  readonly interpreters: readonly string[];
  /** `none`, `abi3`, `cp313t`. */
  readonly abis: readonly string[];
  readonly platforms: readonly string[];
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
