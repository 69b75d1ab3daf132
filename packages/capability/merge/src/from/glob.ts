import { join, sep } from "node:path";
import { globMatcher, isGlob } from "@multiarch/patterns";

export interface GlobPattern {
  /** The folder that all matches lie in. */
  readonly base: string;
  /** Whether a path below the base, with `/`, is meant: by its own name or by that of a folder it is in. */
  readonly matches: (relative: string) => boolean;
}

/** Reads `*`, `?`, `[abc]`, `{one,two}` and `**` of an absolute pattern. */
export function globPattern(absolute: string): GlobPattern {
  const parts = absolute.split(sep).flatMap((part) => part.split("/"));
  const first = parts.findIndex(isGlob);
  const base = join(parts.slice(0, first).join(sep), sep);
  const meant = globMatcher(parts.slice(first).join("/"), { windows: sep === "\\" });
  return {
    base,
    matches(relative) {
      const names = relative.split("/");
      return names.some((_name, index) => meant(names.slice(0, index + 1).join("/")));
    },
  };
}

/** A pattern over one whole name, such as that of an artifact. */
export function namePattern(word: string): (name: string) => boolean {
  return globMatcher(word, { windows: false });
}
