import type { BuilderName } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { BuildConfig, RunsOnConfig } from "./config/build-schema.ts";
import type { RuleConfig } from "./config/routing-schema.ts";
import type { ConfigInput, RawConfig } from "./config/schema.ts";
import type { Person } from "./manifest/metadata.ts";

/** One entry of `targets:`, always an object, its id canonical. */
export interface TargetConfig {
  readonly id: string;
  readonly optional?: boolean | undefined;
  readonly glibc?: string | undefined;
  readonly "runs-on"?: RunsOnConfig | undefined;
  readonly timeout?: number | undefined;
  readonly build?: BuildConfig | undefined;
}

/** One entry of `rules:`, its targets canonical. */
export interface Rule extends Omit<RuleConfig, "targets" | "skip"> {
  readonly targets?: TargetConfig[] | undefined;
  readonly skip?: boolean | TargetConfig[] | undefined;
}

/** multiarch.yml after validation: keys as written there, every target canonical, lists always lists. */
export interface Config extends Omit<RawConfig, "targets" | "rules"> {
  readonly targets?: TargetConfig[] | undefined;
  readonly rules?: Rule[] | undefined;
}

export interface NpmSettings {
  /** `@me`, or `@me/tool` where names start with `@me/tool-`; `null` where platform packages are called `<main>-<suffix>`. */
  readonly scope: string | null;
  /** Name of the package that people install. */
  readonly main: string;
  readonly layout: "scoped" | "prefixed" | "alias";
  readonly names: "node" | "napi" | "esbuild" | "biome";
  readonly access: "public" | "restricted";
  /** Base name of the `.node` file and of the module that loads it; `null` for executables alone. */
  readonly addon: string | null;
  /** Patterns of further files of the main package; in a plan the names of the files that they matched. */
  readonly files: readonly string[];
  /** Where the patterns come from: those of package.json need not match. */
  readonly filesFrom?: "settings" | "package.json";
  /** Text of the project's own package.json, of which the main package keeps a part. */
  readonly manifest?: string | null;
  /** What the project's platform folders say (`npm/<suffix>/package.json`), by suffix. */
  readonly platformFields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface WheelSettings {
  readonly name: string;
  /** A version specifier, `>=3.8`. */
  readonly requiresPython: string;
  /** Adds a package so that `python -m <name>` works. */
  readonly module: boolean;
  /** Patterns of libraries that whoever installs the wheel has anyhow: `libcuda.so.1`, `libQt5*`. */
  readonly exclude?: readonly string[];
  /** Absent: nothing besides what every package format says. */
  readonly metadata?: PythonMetadata;
}

/** What only Python's packages say. */
export interface PythonMetadata {
  /** As pyproject.toml has it; `null`: the project's own. */
  readonly description: string | null;
  readonly license: string | null;
  readonly authors: readonly Person[];
  readonly maintainers: readonly Person[];
  readonly keywords: readonly string[];
  readonly classifiers: readonly string[];
  readonly urls: readonly { readonly label: string; readonly url: string }[];
  /** Requirements as PEP 508 writes them. */
  readonly dependencies: readonly string[];
  readonly extras: Readonly<Record<string, readonly string[]>>;
  /** Groups of names and objects; commands are the groups `console_scripts` and `gui_scripts`. */
  readonly entryPoints: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The readme that the manifest names, one of the documents; `null`: the usual one. */
  readonly readme: string | null;
  /** Text in the manifest itself. */
  readonly readmeText: string | null;
  /** A media type; `null`: by the readme's ending. */
  readonly readmeType: string | null;
}

export interface ArchiveSettings {
  /** Template of file and top folder, without the ending. */
  readonly name: string;
  /** Patterns as configured. */
  readonly include: readonly string[];
  /** What the patterns matched: names for `documentPath`, sorted. */
  readonly files: readonly string[];
  /** `auto`: zip for Windows, tar.gz for all else. */
  readonly format: "auto" | "tar.gz" | "zip";
}

/** What one package of the project is made into; a key that is absent is not made. */
export interface ProjectPackage {
  readonly name: string;
  readonly bins: readonly string[];
  readonly outputs: {
    readonly npm?: NpmSettings;
    readonly wheel?: WheelSettings;
    readonly archive?: ArchiveSettings;
  };
}

export interface GoMain {
  readonly name: string;
  /** Relative to the module's folder, with `/`; `.` for the folder itself. */
  readonly path: string;
}

export interface CargoPackage {
  readonly name: string;
  /** Absolute path of its Cargo.toml. */
  readonly manifestPath: string;
  readonly bins: readonly string[];
}

/** What a builder needs of its manifest. */
export type ManifestDetails =
  | {
      readonly kind: "go";
      readonly module: string;
      /** The `go` line, `1.25` or `1.25.3`. */
      readonly goVersion: string | null;
      /** The `toolchain` line, `go1.26.8`. */
      readonly toolchain: string | null;
      /** Every main package that a bin of the project is built from. */
      readonly mains: readonly GoMain[];
    }
  | {
      readonly kind: "cargo";
      readonly packages: readonly CargoPackage[];
      /** Absolute folder of the workspace, or of the only package. */
      readonly workspaceRoot: string;
    }
  | { readonly kind: "none" };

export interface ProjectWarning {
  readonly code: string;
  readonly text: string;
}

export interface Project {
  /** Absolute folder. */
  readonly root: string;
  /** Absolute folder of the git work tree that tracks the project, if there is one. */
  readonly repositoryRoot: string | null;
  /** What counts: the file with the caller's overrides over it. */
  readonly config: Config;
  /** `path` relative to root, `sha256` of the file's bytes (of no bytes without a file), `value` as in `config`. */
  readonly configFile: {
    readonly path: string | null;
    readonly sha256: string;
    readonly value: unknown;
  };
  /** The caller's overrides say something that the file does not. */
  readonly overridden: boolean;
  readonly builder: BuilderName;
  readonly name: string;
  readonly version: string;
  readonly versionFrom: "manifest" | "tag" | "development";
  /** Whether this version may go to a registry, as far as version and tags say; `publishWhy` says why. */
  readonly publishable: boolean;
  readonly publishWhy: string;
  readonly description: string | null;
  readonly license: string | null;
  /** `https://…` without user, password and `.git`. */
  readonly repository: string | null;
  readonly homepage: string | null;
  /** Canonical ids, in the order asked; the defaults when the configuration names none. */
  readonly targets: readonly string[];
  readonly packages: readonly ProjectPackage[];
  /** README*, LICENSE* and the like that packages include: relative names, sorted. `documentPath` gives the file. */
  readonly documents: readonly string[];
  /** Documents that are licences although their names do not say so. */
  readonly licenseFiles: readonly string[];
  /** Documents that lie above the root, by name: absolute paths. */
  readonly documentsAbove: Readonly<Record<string, string>>;
  readonly commit: string | null;
  /** `refs/heads/…`, or `refs/tags/…` when a version's tag is checked out without a branch. */
  readonly ref: string | null;
  /** Seconds, at least 315532800: what every file in every package is dated. */
  readonly epoch: number;
  readonly manifestDetails: ManifestDetails;
  readonly warnings: readonly ProjectWarning[];
}

export interface LoadOptions {
  /** Relative to the folder. Default: `multiarch.yml`, which may be absent; any other file must exist. */
  readonly configPath?: string;
  /** Flags and inputs, as they would stand in the file. They win over it; objects are merged, a target keeps the file's settings. */
  readonly overrides?: ConfigInput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /**
   * The executables come from elsewhere: no builder is looked for, every kind of package is made unless the configuration
   * says otherwise, and targets are only those that it names.
   */
  readonly foreign?: boolean;
  /** Only the configuration's matrices are wanted: a project that no builder is for will do. */
  readonly matricesOnly?: boolean;
  /** What the run says of its source, for a folder that no git work tree tracks. `repository` is an address. */
  readonly run?: {
    readonly commit: string | null;
    readonly ref: string | null;
    readonly repository: string | null;
  };
}

/** Everything that is configured for one target, defaults filled in. */
export interface TargetSettings {
  readonly id: string;
  readonly optional: boolean;
  /** `null`: the floor of the target table. */
  readonly glibc: string | null;
  /** Minutes. */
  readonly timeout: number;
  readonly build: BuildConfig & { readonly strip: boolean };
  /** `null`: where the plan finds best. */
  readonly runsOn: RunsOnConfig | null;
}
