import type { Declared } from "@multiarch/check";
import type { Contents } from "@multiarch/contents";
import type { Check, Facts } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { Target } from "@multiarch/targets";

export interface VerifyRequest {
  /**
   * Files, folders and globs, as typed; with `!` in front they take away from what came before. A folder with a
   * `release.json` is verified as that release.
   */
  readonly paths: readonly string[];
  /** What relative paths are relative to. */
  readonly folder: string;
  /** The registry whose upload rules are errors too. */
  readonly purpose: "any" | "pypi" | "npm";
  /** What every file should serve; `null`: what its own label says. */
  readonly target: Target | null;
  /** The newest glibc that a file may need, `2.17`. */
  readonly glibc: string | null;
  /** Findings that are not to count: patterns of `excludeChecks`. */
  readonly exclude: readonly string[];
  /** The level from which a finding makes the result not ok. */
  readonly failOn: "error" | "warning";
  /** Large files are unpacked here meanwhile; a folder of its own is made in it, and removed. */
  readonly temporaryFolder: string;
  readonly log: Log;
}

/** A finding about the file that it stands under. */
export interface ReportCheck extends Pick<Check, "rule" | "level" | "expected" | "found"> {
  /** The member that it is about; absent: the file as a whole. */
  readonly member?: string;
}

export interface ReportExclusion extends ReportCheck {
  /** The pattern that said so. */
  readonly by: string;
}

/** A native member. `facts`: `null` for one that cannot be read. */
export interface ReportMember {
  readonly path: string;
  readonly mode: string | null;
  readonly facts: Facts | null;
}

/** What was looked at, and what was found. */
export interface ReportFile {
  /** As typed, or below the folder that was typed. */
  readonly path: string;
  /** 64 hex digits; of a release folder that of its `release.json`. */
  readonly sha256: string;
  /** `folder`: a release, for what is said of it as a whole. */
  readonly kind: Contents["kind"] | "folder";
  /** Of a native file by itself. */
  readonly facts: Facts | null;
  /** The native members of a package or archive. */
  readonly members?: readonly ReportMember[];
  readonly declared?: Declared;
  readonly checks: readonly ReportCheck[];
  /** Absent when there is none. */
  readonly excluded?: readonly ReportExclusion[];
}

/** The answer, as `verify --json` prints it. */
export interface Report {
  readonly ok: boolean;
  readonly files: readonly ReportFile[];
  /** Files of folders and globs that are neither packages nor native. */
  readonly skipped: readonly string[];
  /** Patterns of `exclude` that no finding needed. */
  readonly unused: readonly string[];
}
