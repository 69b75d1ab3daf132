import type { CheckOptions } from "../../src/index.ts";
import type { Recipe } from "./recipe.ts";

/** A package that breaks one rule. */
export interface Negative {
  readonly rule: string;
  readonly recipe: Recipe;
  readonly options?: Partial<CheckOptions>;
  /** Other rules that nothing can break this one without. */
  readonly also?: readonly string[];
  /** Why Python's tools and we do not agree on whether this package is refused; absent: we agree. */
  readonly differs?: string;
}

export const anyPurpose: CheckOptions = { purpose: "any", target: null, glibc: null };
export const forIndex = { purpose: "pypi" } as const;
/** Python's tools do not look into native files. */
export const unseen = "no Python tool reads native files";
/** Rules of the package index alone; its code is no library. */
export const indexOnly = "a rule of the package index, which installers do not have";
