/** How a system writes and compares paths. */
export interface PathStyle {
  /** Backslashes separate, and case does not count. */
  readonly windows: boolean;
}

/** Whether a path that is no file is to be read as a pattern. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** With `/` between its parts, on every system. */
export function slashed(path: string, { windows }: PathStyle): string {
  return windows ? path.replaceAll("\\", "/") : path;
}

/** The folder above everything that a pattern can match, and the rest of the pattern. */
export function splitGlob(pattern: string): { readonly folder: string; readonly rest: string } {
  const parts = pattern.split("/");
  const first = parts.findIndex(isGlob);
  const folder = parts.slice(0, first).join("/");
  return {
    folder: folder === "" ? (pattern.startsWith("/") ? "/" : ".") : folder,
    rest: parts.slice(first).join("/"),
  };
}

/**
 * A matcher for relative paths with `/`. `*` and `?` stay within a part of the path, `**` stands for any folders, `[a-z]`
 * and `[!a-z]` for a character, `{a,b}` for either. As in shells, a name that begins with a dot is matched only by a pattern that does.
 */
export function globMatcher(pattern: string, { windows }: PathStyle): (path: string) => boolean {
  const expressions = alternatives(pattern).map(
    (one) => new RegExp(`^${source(one)}$`, windows ? "iu" : "u"),
  );
  return (path) => expressions.some((expression) => expression.test(path));
}

/** `a{b,c}` as `ab` and `ac`; braces within braces too. */
function alternatives(pattern: string): string[] {
  const innermost = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(pattern);
  if (innermost === null) return [pattern];
  const [, before = "", inside = "", after = ""] = innermost;
  return inside.split(",").flatMap((one) => alternatives(`${before}${one}${after}`));
}

const tokens = /\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|[\\^$.|+()[\]{}]/g;

function source(pattern: string): string {
  return pattern.replaceAll(tokens, (token, offset: number) => {
    const starts = offset === 0 || pattern[offset - 1] === "/";
    const visible = starts ? "(?!\\.)" : "";
    if (token === "**/" && starts) return "(?:(?!\\.)[^/]+/)*";
    if (token.startsWith("**")) return `${visible}[^/]*(?:/(?!\\.)[^/]+)*${token.slice(2)}`;
    if (token === "*") return `${visible}[^/]*`;
    if (token === "?") return `${visible}[^/]`;
    if (token.length === 1) return `\\${token}`;
    const inside = token.slice(1, -1).replaceAll(/[\\\]^]/g, "\\$&");
    return `${visible}[${inside.startsWith("!") ? `^/${inside.slice(1)}` : inside}]`;
  });
}
