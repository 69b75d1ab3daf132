import type { Check } from "@multiarch/contracts";
import type { CheckOptions } from "../package-rule.ts";
import type { SetFile } from "./set-file.ts";

export interface SetOptions extends CheckOptions {
  /** What one release promises, in any spelling; `null`: the files need not belong together. */
  readonly targets: readonly string[] | null;
}

/** A finding about a file of the set, which it names, or about the set as a whole. */
export interface SetFinding {
  /** `null`: something that is not there. */
  readonly file: string | null;
  readonly expected: string;
  readonly found: string;
}

/** A rule over files that lie side by side. */
export interface SetRule {
  /** Kept for good: users silence rules and search for them by this name. */
  readonly id: string;
  readonly level: Check["level"];
  /** Files of one release must agree; of a folder of anything, disagreement is only remarkable. */
  readonly releaseLevel?: Check["level"];
  /** Why the rule exists: what happens to people when it is broken, and who says so. */
  readonly source: string;
  find(files: readonly SetFile[], options: SetOptions): readonly SetFinding[];
}
