import type { Check } from "@multiarch/contracts";
import type { Made } from "./context.ts";

/** One finding of a rule. The values are phrases for people. */
export interface Finding {
  readonly expected: string;
  readonly found: string;
}

/** A rule over what was asked and what was made. */
export interface Rule {
  /** Kept for good: users silence rules and search for them by this name. */
  readonly id: string;
  readonly level: Check["level"];
  /** Why the rule exists: what happens to people when it is broken, and who says so. */
  readonly source: string;
  find(made: Made): readonly Finding[];
}
