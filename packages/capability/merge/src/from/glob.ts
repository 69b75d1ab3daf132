import { join, sep } from "node:path";

export interface GlobPattern {
  /** The folder that all matches lie in. */
  readonly base: string;
  /** Whether a path below the base, with `/`, is meant: by its own name or by that of a folder it is in. */
  readonly matches: (relative: string) => boolean;
}

export function isGlob(word: string): boolean {
  return /[*?[{]/.test(word);
}

/** Reads `*`, `?`, `[abc]`, `{one,two}` and `**` of an absolute pattern. */
export function globPattern(absolute: string): GlobPattern {
  const parts = absolute.split(sep).flatMap((part) => part.split("/"));
  const first = parts.findIndex(isGlob);
  const base = join(parts.slice(0, first).join(sep), sep);
  const meant = new RegExp(`^${partsPattern(parts.slice(first))}$`);
  return {
    base,
    matches(relative) {
      const names = relative.split("/");
      return names.some((_name, index) => meant.test(names.slice(0, index + 1).join("/")));
    },
  };
}

/** A pattern over one whole name, such as that of an artifact. */
export function namePattern(word: string): RegExp {
  return new RegExp(`^${partPattern(word)}$`);
}

function partsPattern(parts: readonly string[]): string {
  return parts
    .map((part, index) => {
      const last = index === parts.length - 1;
      if (part === "**") return last ? ".*" : "(?:[^/]+/)*";
      return partPattern(part) + (last ? "" : "/");
    })
    .join("");
}

function partPattern(part: string): string {
  let open = 0;
  return part.replaceAll(/\*+|\?|\[[^\]/]+\]|[{},]|[\\^$.+()|[\]]/g, (piece) => {
    if (piece.startsWith("*")) return "[^/]*";
    if (piece === "?") return "[^/]";
    if (piece.length > 1) return piece.replace(/^\[!/, "[^");
    if (piece === "{") {
      open += 1;
      return "(?:";
    }
    if (piece === "}" && open > 0) {
      open -= 1;
      return ")";
    }
    if (piece === ",") return open > 0 ? "|" : ",";
    return `\\${piece}`;
  });
}
