import type { Architecture, OperatingSystem } from "@multiarch/contracts";

/** The machine that GitHub offers for a target. */
export interface HostedRunner {
  /** What goes into `runs-on`. */
  readonly label: string;
  readonly os: RunnerOperatingSystem;
  readonly arch: "x64" | "arm64";
  /** That machine executes the target's programs without an emulator. */
  readonly native: boolean;
}

export type RunnerOperatingSystem = "linux" | "darwin" | "windows";

/** The variables that make Go compile for a target: GOOS, GOARCH and the processor level. */
export interface GoPlatform {
  readonly GOOS: string;
  readonly GOARCH: string;
  readonly [variable: string]: string;
}

/** One exact target: what every naming system calls it. `null` or an empty list: that system has no name for it. */
export interface TargetRow {
  /** `linux-x64-gnu`. */
  readonly id: string;
  readonly os: OperatingSystem;
  /** The vocabulary of facts. `universal` is a Mach-O file for x64 and arm64. */
  readonly arch: Architecture | "universal";
  readonly armVersion: 5 | 6 | 7 | null;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  readonly libc: "glibc" | "musl" | "bionic" | null;
  /** The last part of the id. */
  readonly abi: "gnu" | "musl" | "msvc" | null;
  readonly rust: string | null;
  /** Further triples that mean exactly this target. */
  readonly rustAliases: readonly string[];
  /** Triples close to this target but not equal to it: named in errors, never accepted. */
  readonly rustRelated: readonly string[];
  readonly go: GoPlatform | null;
  readonly docker: string | null;
  /** `process.platform` and `process.arch`. */
  readonly node: { readonly platform: string; readonly arch: string } | null;
  /** The fields of a package.json; `null`: the field is left out. */
  readonly npm: {
    readonly os: readonly string[] | null;
    readonly cpu: readonly string[] | null;
    readonly libc: readonly string[] | null;
  };
  /** The suffix of napi-rs. */
  readonly napi: string | null;
  /** Platform tags of wheels, the usual one first. */
  readonly wheelTags: readonly string[];
  readonly cibuildwheel: string | null;
  readonly debian: string | null;
  readonly raspbian: string | null;
  readonly alpine: string | null;
  readonly rpm: string | null;
  /** What `uname -m` prints there; where it prints nothing true, the word in that style. */
  readonly uname: string;
  /** Everything that `uname -m` may print there. */
  readonly unameMachines: readonly string[];
  /** `linux-x86_64-gnu`: the id in the spelling of uname. */
  readonly unameId: string;
  readonly zig: string | null;
  /** The user emulator, `qemu-aarch64`. */
  readonly qemu: string | null;
  /** Bottle tags, newest system first. */
  readonly homebrew: readonly string[];
  /** `macos-aarch64`, `linux-x86_64`, `linux-x86_64-musl`: glibc goes without saying. */
  readonly kalam: string;
  readonly hosted: HostedRunner;
  /** The newest glibc that a result may need, unless the project says otherwise. */
  readonly glibcFloor: string | null;
  /** `tested`: built, read and packaged by the project's own tests. */
  readonly tier: "tested" | "data";
}

/** What a user asked for. */
export interface Target {
  /** Canonical, as asked: `linux-x64` (short), `linux-x64-gnu` (exact) or `any`. */
  readonly id: string;
  /** The vocabulary of facts, or `any`. */
  readonly os: string;
  readonly arch: string;
  /** The ABI is left to the builder. */
  readonly short: boolean;
  /** The exact targets it covers: one for an exact id, none for `any`. */
  readonly rows: readonly TargetRow[];
}

export interface RunnerLabel {
  readonly label: string;
  readonly os: RunnerOperatingSystem;
  readonly arch: "x64" | "arm64";
  /** `larger` runners are paid in every repository. */
  readonly tier: "standard" | "larger";
  readonly status: "ga" | "preview" | "deprecated" | "retired";
  /** `YYYY-MM-DD` or `YYYY-MM` from when jobs with this label no longer start. */
  readonly retires: string | null;
  /** The label that takes its place. */
  readonly replacement: string | null;
  readonly note: string | null;
}
