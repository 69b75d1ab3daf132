import type { FileKind, PlanPackage, PlanRow, ToolUsed } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { Project } from "@multiarch/project";
import type { Target, TargetRow } from "@multiarch/targets";
import type { ToolSearches } from "@multiarch/toolchains";

/** All that a builder may look at. */
export interface BuildContext {
  readonly project: Project;
  readonly packages: readonly PlanPackage[];
  readonly row: PlanRow;
  readonly target: Target;
  /** The exact row of the table that the tools are asked for. */
  readonly exact: TargetRow;
  readonly settings: BuildSettings;
  /** The child's environment: tokens and runner variables are already gone. */
  readonly environment: Record<string, string>;
  /** Empty; the builder writes here and nowhere else outside the project's own build folders. */
  readonly output: string;
  /** Where fetched toolchains are kept. */
  readonly toolCache: string;
  readonly searches: ToolSearches | undefined;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Told by the builder what takes time now, for whoever watches. */
  readonly announce: (step: string) => void;
  /** Told by the builder, so that the leg can say what made it. */
  readonly use: (tool: ToolUsed) => void;
}

/** The `build` settings that this version acts on, after merging top, target and rule. */
export interface BuildSettings {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly before: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  readonly strip: boolean;
  readonly transform: readonly (readonly string[])[];
  readonly profile: string | null;
  readonly features: readonly string[];
  readonly ldflags: readonly string[];
  readonly jobs: number | null;
}

export interface BuiltFile {
  readonly package: string;
  /** Name of the command, without `.exe`; of an addon without `.node`; else of the file, in a tree with its folders. */
  readonly bin: string;
  /** In a tree `other`: which files are native is read from their bytes. */
  readonly kind: FileKind;
  readonly path: string;
  /** It belongs to a package tree, of which a row may have several. */
  readonly tree?: number;
}

/** Turns (target, project) into files. One file and one line of the table in `builders.ts` each. */
export interface Builder {
  compile(context: BuildContext): Promise<BuiltFile[]>;
}
