import type { Check } from "@multiarch/contracts";
import { wildcard } from "@multiarch/patterns";

/** A finding that the user does not want to hear of, and the pattern that said so. */
export interface ExcludedCheck extends Check {
  readonly by: string;
}

export interface Exclusion {
  readonly kept: Check[];
  readonly excluded: ExcludedCheck[];
  /** Patterns that matched nothing: an exclusion that is no longer needed, or a slip of the pen. In the order given. */
  readonly unused: string[];
}

/**
 * Takes out the findings that patterns name. A pattern is a rule (`wheel/arch`, `npm/*`), a rule and the member that it
 * found something in (`wheel/arch:src/debug/**`), or a library as auditwheel's --exclude takes it (`libcuda.so.1`,
 * `libQt5*`), which silences what is said of that library and nothing else.
 *
 * In rules and members `*` and `?` stop at slashes and `**` does not; in names of libraries they take any character.
 */
export function excludeChecks(checks: readonly Check[], patterns: readonly string[]): Exclusion {
  const exclusions = patterns.map(readPattern);
  const used = new Set<Pattern>();
  const kept: Check[] = [];
  const excluded: ExcludedCheck[] = [];
  for (const check of checks) {
    const matching = exclusions.filter(({ silences }) => silences(check));
    for (const pattern of matching) used.add(pattern);
    const [by] = matching;
    if (by === undefined) kept.push(check);
    else excluded.push({ ...check, by: by.text });
  }
  const unused = exclusions.filter((pattern) => !used.has(pattern)).map(({ text }) => text);
  return { kept, excluded, unused };
}

interface Pattern {
  readonly text: string;
  silences(check: Check): boolean;
}

function readPattern(text: string): Pattern {
  const colon = text.indexOf(":");
  const rule = colon < 0 ? text : text.slice(0, colon);
  if (!rule.includes("/") && !rule.includes("**")) {
    const libraries = wildcard(text, { anywhere: true });
    const silences = (check: Check): boolean => {
      const library = libraryOf(check);
      return library !== null && libraries(library);
    };
    return { text, silences };
  }
  const rules = wildcard(rule);
  const members = colon < 0 ? null : wildcard(text.slice(colon + 1));
  return {
    text,
    silences: (check) => rules(check.rule) && (members === null || members(check.file)),
  };
}

/** Findings about a library that is needed begin with its name. */
function libraryOf({ rule, found }: Check): string | null {
  if (!aboutLibraries.test(rule)) return null;
  return /^[^\s,]+/.exec(found)?.[0] ?? null;
}

/** Rules that ask where a needed library comes from; what else a rule may say of one is not auditwheel's to silence. */
const aboutLibraries = /\/(?:libraries|dll|vc-runtime)$/;
