import type { Check } from "@multiarch/contracts";
import type { CheckOptions, PackageFinding, PackageRule } from "../package-rule.ts";
import type { WheelSubject } from "./wheel-subject.ts";

export type WheelRule = PackageRule<WheelSubject>;

/** For what installers take and the package index does not: an error only for a package that is to be uploaded there. */
export function errorForIndex({ purpose }: CheckOptions): Check["level"] {
  return purpose === "pypi" ? "error" : "warning";
}

/** One finding, or none. */
export function when(broken: boolean, finding: PackageFinding): readonly PackageFinding[] {
  return broken ? [finding] : [];
}

/** The first few of a list that may be long. */
export function someOf(names: readonly string[], shown = 5): string {
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(", ")} and ${rest} more` : names.join(", ");
}
