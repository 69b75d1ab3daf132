import type { PackagedBinary, PackageFile } from "@multiarch/packaging";

export type { PackagedBinary, PackageFile, PackageMeta } from "@multiarch/packaging";

export interface NpmSettings {
  /** `@scope`, `@scope/name` or null. */
  readonly scope: string | null;
  /** Name of the package that people install. */
  readonly main: string;
  /** `scoped` without a scope means `prefixed`. */
  readonly layout: "scoped" | "prefixed" | "alias";
  readonly names: "node" | "napi" | "esbuild" | "biome";
  readonly access: "public" | "restricted" | null;
  /** Base name of the `.node` file, and of the module that loads it; `null` for executables alone. */
  readonly addon?: string | null;
  /** Further files of the main package. */
  readonly files: readonly PackageFile[];
  /** Text of the project's own package.json, as far as the main package keeps it: an object, in the order in which it was written. */
  readonly manifest?: string | null;
  /** Fields of the project's own platform folders (`npm/<suffix>/package.json`) that are kept, by suffix. */
  readonly platformFields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The project has several packages, so platform packages carry the package's name: `@scope/<package>-<suffix>`. */
  readonly several?: boolean;
}

/** One npm package as a file, ready to be published. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** As asked; the first of them where several targets gave the same bytes; null for the main package. */
  readonly target: string | null;
  readonly main: boolean;
  /** Path of the `.tgz`. */
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** `sha512-<base64>`. */
  readonly integrity: string;
  readonly from: readonly {
    readonly leg: string;
    readonly file: string;
    readonly sha256: string;
  }[];
  readonly to: { readonly access?: string; readonly tag?: string };
}

/** What the fields `os`, `cpu` and `libc` of a platform package say. */
export interface NpmPlace {
  readonly os: string;
  readonly cpu: readonly string[];
  readonly libc: "glibc" | "musl" | null;
}

export interface NpmPlatform extends NpmPlace {
  /** How its name ends, in the spelling of `npm.names`. */
  readonly suffix: string;
}

export interface PlannedPlatform extends NpmPlatform {
  /** What it is published as; in the layout alias the main package's own name. */
  readonly name: string;
  /** The main package's version; in the layout alias with the suffix behind it. */
  readonly version: string;
  /** What it is required as, and the folder in node_modules: the name, in the layout alias the alias for it. Starts with the plan's `prefix`. */
  readonly folder: string;
  /** Every target that this package serves, sorted. */
  readonly targets: readonly string[];
  /** One for each command, sorted by command; an addon is not among them. */
  readonly binaries: readonly PackagedBinary[];
  /** The `.node` file, besides the commands or instead of them. It is the package's `main`, so that requiring the package loads it. */
  readonly addon: PackagedBinary | null;
  /** Where the bytes came from; more than the binaries where several targets gave the same bytes. */
  readonly sources: readonly PackagedBinary[];
  /** The highest glibc that one of the binaries needs, dotted. */
  readonly glibc: string | null;
}

/** The package that people install. */
export interface PlannedMain {
  readonly name: string;
  /** Commands, sorted; none where the package is an addon alone. */
  readonly bins: readonly string[];
  /** `file`: name of the module that loads the addon, without its ending. */
  readonly addon: { readonly file: string } | null;
  /** Name of the module with `binaryPath()`, without its ending: `index`, unless that is the addon's or the project's own. `null` without commands. */
  readonly locator: string | null;
  /** Ending of our modules, which are CommonJS: `.cjs` where the project's package.json says `"type": "module"`. */
  readonly ending: ".js" | ".cjs";
}

/** The names of everything that will be published, before a byte is written. */
export interface NpmPlan {
  /** Sorted by name. */
  readonly platforms: readonly PlannedPlatform[];
  /** What every `folder` starts with, the suffix follows: `@scope/` or `name-`. */
  readonly prefix: string;
  readonly main: PlannedMain;
  /** Targets that npm has no place for. */
  readonly none: readonly { readonly target: string; readonly why: string }[];
}
