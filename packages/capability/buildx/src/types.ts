import type { Log } from "@multiarch/diagnostics";
import type { DownloadOptions } from "@multiarch/download";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The machine and the folders that builders are made on. Tests put others in their place. */
export interface Surroundings {
  readonly env: Environment;
  readonly log: Log;
  /** `process.platform` */
  readonly platform: string;
  /** `process.arch` */
  readonly arch: string;
  /** 5, 6 or 7 on 32-bit Arm, else null. */
  readonly armVersion: number | null;
  /** The user's home. */
  readonly home: string;
  /** Folder of the tool cache that is ours. */
  readonly toolCache: string;
  readonly temporaryFolder: string;
  /** The process that started this one: it lives as long as the job. */
  readonly parent: number;
  /** The folder that stands for `/proc`. */
  readonly proc: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits between attempts of what the network may break. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Clock, waits and attempts of downloads. */
  readonly download?: Partial<DownloadOptions>;
}

/** What is wished for, as the inputs of the action say it. Null and empty: not said. */
export interface Wishes {
  readonly version: string | null;
  /** sha256 of the file of buildx, 64 hex digits. */
  readonly checksum: string | null;
  readonly driver: string;
  /** Lines. */
  readonly driverOpts: string | null;
  readonly buildkitdFlags: string | null;
  /** Path of a file. */
  readonly buildkitdConfig: string | null;
  /** Its content. */
  readonly buildkitdConfigInline: string | null;
  readonly use: boolean;
  readonly name: string | null;
  readonly endpoint: string | null;
  readonly platforms: readonly string[];
  /** YAML: a list of nodes. */
  readonly append: string | null;
  readonly keepState: boolean;
  readonly cacheBinary: boolean;
  readonly cleanup: boolean;
}

/** One file of buildx for each platform: `linux-amd64`, `linux-arm-v7`, `windows-amd64.exe`. */
export interface BuildxRelease {
  /** Without `v`. */
  readonly version: string;
  /** sha256, 64 hex digits. */
  readonly files: Readonly<Record<string, string>>;
}

/** A buildx that can be called. */
export interface Buildx {
  /** Full path of its program, which works by itself and as a plugin. */
  readonly path: string;
  /** Without `v`, as it says it itself. */
  readonly version: string;
  readonly source: "installed" | "tool cache" | "download";
  /** A folder that later steps need in their PATH, when there is no docker to be a plugin of. */
  readonly addToPath: string | null;
}

/** A node of a builder that is to be made. */
export interface NodeWish {
  /** 0 for the builder's first, as the variables for certificates count them. */
  readonly index: number;
  readonly name: string | null;
  readonly endpoint: string | null;
  /** Each as one argument. */
  readonly driverOpts: readonly string[];
  readonly flags: string | null;
  readonly platforms: readonly string[];
}

/** What buildx says about a node; names as docker/setup-buildx-action gives them out. */
export interface NodeInfo {
  readonly name?: string;
  readonly endpoint?: string;
  readonly "driver-opts"?: readonly string[];
  readonly status?: string;
  readonly "buildkitd-flags"?: string;
  readonly buildkit?: string;
  /** With commas. Only those that were fixed, when some were. */
  readonly platforms?: string;
  readonly error?: string;
  readonly features?: Readonly<Record<string, boolean>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly devices?: readonly Readonly<Record<string, unknown>>[];
  readonly gcPolicy?: readonly Readonly<Record<string, unknown>>[];
  readonly files?: Readonly<Record<string, string>>;
}

export interface BuilderInfo {
  readonly name: string | null;
  readonly driver: string | null;
  readonly error: string | null;
  readonly nodes: readonly NodeInfo[];
}

/** A builder that is ready. */
export interface Ready {
  readonly name: string;
  readonly driver: string;
  /** Of all nodes, each once. */
  readonly platforms: readonly string[];
  readonly nodes: readonly NodeInfo[];
  /** Of buildx. */
  readonly version: string;
  readonly addToPath: string | null;
  readonly created: boolean;
}
