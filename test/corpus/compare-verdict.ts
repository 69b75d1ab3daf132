import type { Check } from "@multiarch/contracts";
import type { Finding } from "./data.ts";

/** A finding of the reference and one of ours that do not agree. */
export interface VerdictDifference {
  /** `unseen`: an error that we do not see. `invented`: an error that nobody else sees. `loud`: we say too much of it. */
  readonly kind: "unseen" | "invented" | "loud";
  /** Of the reference, or our rule. */
  readonly code: string;
  /** The member; `null`: the package as a whole. */
  readonly path: string | null;
  readonly text: string;
}

export interface ComparedVerdict {
  /** Errors of the reference that we were held against, by what a person made of them. */
  readonly findings: readonly Finding[];
  readonly differences: readonly VerdictDifference[];
}

/** Which of our rules finds what the reference calls by this code. */
const rulesOf: Readonly<Record<string, readonly string[]>> = {
  "other-os": ["wheel/os", "npm/os"],
  "other-arch": ["wheel/arch", "npm/cpu"],
  "slice-missing": ["wheel/slice"],
  "needs-glibc": ["wheel/libc", "npm/libc"],
  "needs-musl": ["wheel/libc", "npm/libc"],
  "glibc-too-new": ["wheel/glibc"],
  "minos-too-new": ["wheel/minos"],
  "soft-float": ["wheel/float"],
  "external-libs": ["wheel/libraries"],
  "wheel-tags": ["wheel/tags"],
  record: ["wheel/record-hash"],
  empty: ["npm/missing"],
  unreadable: ["zip/inflate"],
};

/**
 * Holds our errors against the reference's. What a person called real must be an error of ours, under the right rule and for
 * the same file; of what they called deliberate, some file must be; what they called disputed must not, and of what is a mistake of the reference (`spec`,
 * `oracle`) not even a warning may be heard; nothing else may be an error.
 */
export function compareVerdict(
  findings: readonly Finding[],
  checks: readonly Check[],
): ComparedVerdict {
  const errors = checks.filter(({ level }) => level === "error");
  const classified = findings.filter(({ cls }) => cls !== undefined);
  const accounted = new Set<Check>();
  const differences: VerdictDifference[] = [];
  for (const finding of classified) {
    const rules = rulesOf[finding.code];
    if (rules === undefined) throw new Error(`no rule is known for ${finding.code}`);
    const { code, text, cls } = finding;
    const { paths, all } = pathsOf(finding);
    const silent = cls === "spec" || cls === "oracle";
    const heard = silent ? checks.filter(({ level }) => level !== "note") : errors;
    const ours = heard.filter(({ rule }) => rules.includes(rule));
    const there = ours.filter(
      ({ file }) => all !== null || paths.length === 0 || paths.includes(file),
    );
    for (const check of there) accounted.add(check);
    if (cls === "deliberate") {
      // Which of the foreign files count as test cases or firmware is a matter of taste; silence is not.
      if (ours.length === 0) differences.push({ kind: "unseen", code, path: null, text });
      continue;
    }
    if (cls !== "real") {
      for (const { file } of there) differences.push({ kind: "loud", code, path: file, text });
      continue;
    }
    const unseen = paths.filter((path) => !ours.some(({ file }) => file === path));
    for (const path of unseen) differences.push({ kind: "unseen", code, path, text });
    if (all === null && paths.length === 0 && ours.length === 0) {
      differences.push({ kind: "unseen", code, path: null, text });
    }
    // Files that a shortened list leaves out are those of our errors that no other finding of the code names.
    if (all === null) continue;
    const others = classified.filter((other) => other !== finding && other.code === code);
    const named = new Set(others.flatMap((other) => pathsOf(other).paths));
    const files = new Set(ours.map(({ file }) => file).filter((file) => !named.has(file))).size;
    if (files === all) continue;
    differences.push({ kind: "unseen", code, path: null, text: `${text} (${files} found)` });
  }
  for (const check of errors) {
    if (accounted.has(check)) continue;
    const text = `expected ${check.expected}, found ${check.found}`;
    differences.push({ kind: "invented", code: check.rule, path: check.file, text });
  }
  return { findings: classified, differences };
}

/** The reference names a few files only and ends such a list with `… 14 in all`. */
function pathsOf({ path }: Finding): { paths: readonly string[]; all: number | null } {
  const list = path === undefined ? [] : typeof path === "string" ? [path] : path;
  const last = /^… (\d+) in all$/.exec(list.at(-1) ?? "");
  if (last === null) return { paths: list, all: null };
  return { paths: list.slice(0, -1), all: Number(last[1]) };
}
