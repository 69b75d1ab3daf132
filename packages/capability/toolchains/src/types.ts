import type { ToolUsed } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { DownloadOptions } from "@multiarch/download";
import type { GoTable } from "./go/table.ts";
import type { ZigbuildTable } from "./zig/table.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The machine that the tool is to run on, in the words of facts: linux, darwin, windows; x64, arm64, … */
export interface ToolHost {
  readonly os: string;
  readonly arch: string;
}

/** What every search for a tool needs. */
export interface ToolRequest {
  readonly env: Environment;
  readonly log: Log;
  /** Folder of the tools that we fetched: `defaultToolCache(env)` unless a test says otherwise. */
  readonly toolCache: string;
  /** Default: the machine this runs on. */
  readonly host?: ToolHost;
  /** For tests: clock, waits, number of attempts. */
  readonly download?: Partial<DownloadOptions>;
  /** Told when this search has to wait for something to be fetched, with its name and version. */
  readonly onFetch?: (what: string) => void;
  /** What builds of the same run have searched for in vain. Without it only searches at the same time are one. */
  readonly searches?: ToolSearches | undefined;
  /** Nothing may be fetched: only what is installed or in the cache. */
  readonly offline?: boolean;
}

/** The searches of one run that are under way or have failed. */
export interface ToolSearches {
  readonly go: Map<string, Search<FoundGo>>;
  readonly zigbuild: Map<string, Search<FoundZigbuild>>;
}

export interface Search<Found> {
  readonly outcome: Promise<Found>;
  failed: boolean;
}

export interface GoRequest extends ToolRequest {
  /** What go.mod asks for: its `toolchain` line, else its `go` line (`1.25`, `go1.25.3`, `1.27rc1`); null when it asks for nothing. */
  readonly version: string | null;
  /** GOROOTs to look at after PATH and the variable GOROOT; default: the usual places of the system. */
  readonly places?: readonly string[];
  /** The releases we know hashes of; default: our own table. */
  readonly table?: GoTable;
}

export interface FoundGo {
  /** Path of the go command. */
  readonly command: string;
  /** The child's whole environment: `env` without secrets, with GOTOOLCHAIN=local, GOROOT, and the tool's folder first on PATH. */
  readonly environment: Record<string, string>;
  readonly used: ToolUsed;
}

export interface ZigbuildRequest extends ToolRequest {
  /** The wheels we know hashes of; default: our own table. */
  readonly table?: ZigbuildTable;
}

export interface FoundZigbuild {
  /** As `FoundGo.environment`; PATH makes `cargo zigbuild` find its subcommand, CARGO_ZIGBUILD_ZIG_PATH names the zig. */
  readonly environment: Record<string, string>;
  readonly used: readonly ToolUsed[];
}

export interface CargoTools {
  /** Path of cargo. */
  readonly cargo: string | null;
  /** Version of the compiler that cargo would use (`RUSTC`, else rustc on PATH): `1.95.0`. */
  readonly rustc: string | null;
  /** Triple of the compiler's own machine. */
  readonly host: string | null;
  /** Triples whose standard library is installed. */
  readonly installedTargets: readonly string[];
  /** Whether `rustup target add` can add more to this compiler. */
  readonly rustup: boolean;
  readonly zigbuild: string | null;
  readonly zig: string | null;
}

export interface ToolVersion {
  readonly path: string;
  readonly version: string;
}

/** Tools on PATH that can build something; null: not there, or it does not start. */
export interface DescribedTools {
  readonly go: ToolVersion | null;
  readonly cargo: ToolVersion | null;
  readonly rustc: ToolVersion | null;
  readonly zigbuild: ToolVersion | null;
  readonly zig: ToolVersion | null;
}
