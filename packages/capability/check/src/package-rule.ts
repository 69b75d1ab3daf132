import type { Check } from "@multiarch/contracts";
import type { Target } from "@multiarch/targets";

/** What whoever verifies asks of a package beyond its own label. */
export interface CheckOptions {
  /** The registry that the package is meant for: then each of its upload rules is an error. */
  readonly purpose: "any" | "pypi" | "npm";
  /** The target that the package should serve; `null`: only what its label says. */
  readonly target: Target | null;
  /** The newest glibc that a file may need, `2.17`; `null`: only what the label says. */
  readonly glibc: string | null;
}

/** One finding of a rule over a package. The values are phrases for people. */
export interface PackageFinding {
  /** The member that it is about; absent: the package as a whole. */
  readonly member?: string;
  readonly expected: string;
  readonly found: string;
}

/** A rule over one package, or over one native file. */
export interface PackageRule<Subject> {
  /** Kept for good: users silence rules and search for them by this name. */
  readonly id: string;
  readonly level: Check["level"];
  /** The level where the purpose changes it; absent: `level` always. */
  levelFor?(options: CheckOptions): Check["level"];
  /** Without this purpose nobody gains by hearing of it, and nothing is found. */
  readonly onlyFor?: CheckOptions["purpose"];
  /** Why the rule exists: what happens to people when it is broken, and who says so. */
  readonly source: string;
  find(subject: Subject, options: CheckOptions): readonly PackageFinding[];
}

/** What is known of a rule without a package to hold it against. */
export type RuleInfo = Pick<PackageRule<never>, "id" | "level" | "levelFor" | "onlyFor" | "source">;

/** What all rules find, rule by rule. `name`: of the package, for findings about the whole of it. */
export function applyRules<Subject>(
  rules: readonly PackageRule<Subject>[],
  subject: Subject,
  options: CheckOptions,
  name: string,
): Check[] {
  return rules.flatMap((rule) => {
    if (rule.onlyFor !== undefined && rule.onlyFor !== options.purpose) return [];
    const level = rule.levelFor?.(options) ?? rule.level;
    return rule.find(subject, options).map(({ member, expected, found }) => ({
      rule: rule.id,
      level,
      file: member ?? name,
      expected,
      found,
    }));
  });
}
