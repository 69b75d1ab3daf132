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
 * A matcher for relative paths with `/`. `*` and `?` stay within a part of the path, `**` as a part stands for any folders,
 * `[a-z]` and `[!a-z]` for a character, `{a,b}` for either. As in shells, a name that begins with a dot is matched only by a
 * pattern that does. Takes time in the product of both lengths at most, whatever the pattern.
 */
export function globMatcher(pattern: string, { windows }: PathStyle): (path: string) => boolean {
  const cased = (text: string) => (windows ? text.toLowerCase() : text);
  const variants = alternatives(cased(pattern)).map((one) => one.split("/").map(readPart));
  return (path) => {
    const names = cased(path)
      .split("/")
      .map((name) => [...name]);
    return variants.some((parts) => matchSequence(parts, names, anyFolders, matchesPart));
  };
}

/** What stands for one character, or (`star`) for any number of them. */
type Token = (character: string) => boolean;

const star: Token = () => true;
const anyCharacter: Token = () => true;
/** The part `**`. */
const anyFolders: readonly Token[] = [];

function readPart(part: string): readonly Token[] {
  if (part === "**") return anyFolders;
  const tokens = part.match(/\*+|\[!?[^\]]+\]|./gsu) ?? [];
  return tokens.map((token) => {
    if (token.startsWith("*")) return star;
    if (token === "?") return anyCharacter;
    return [...token].length === 1 ? (character) => character === token : characterSet(token);
  });
}

/** `[a-cx]`, or all but these: `[!a-cx]`. */
function characterSet(token: string): Token {
  const negative = token.startsWith("[!");
  const ranges = [...token.slice(negative ? 2 : 1, -1).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, only = ""]) => ({ from: from ?? only, to: to ?? only }),
  );
  return (character) =>
    ranges.some(({ from, to }) => from <= character && character <= to) !== negative;
}

function matchesPart(part: readonly Token[], name: readonly string[]): boolean {
  const first = part[0];
  const wild = part === anyFolders || first === star || first === anyCharacter;
  if (name[0] === "." && (wild || first?.("a") === true)) return false;
  if (part === anyFolders) return true;
  return matchSequence(part, name, star, (token, character) => token(character));
}

/** Whether a sequence of patterns matches one of items, where `many` stands for any number of items that it matches. */
function matchSequence<Pattern, Item>(
  patterns: readonly Pattern[],
  items: readonly Item[],
  many: Pattern,
  matches: (pattern: Pattern, item: Item) => boolean,
): boolean {
  // reached[i]: the patterns so far match the first i items.
  let reached = [true, ...items.map(() => false)];
  for (const pattern of patterns) {
    const next = items.map(() => false);
    next.unshift(pattern === many && reached[0] === true);
    for (const [index, item] of items.entries()) {
      const come = pattern === many ? next[index] : reached[index];
      const stayed = pattern === many && reached[index + 1] === true;
      next[index + 1] = stayed || (come === true && matches(pattern, item));
    }
    reached = next;
  }
  return reached.at(-1) === true;
}

/** `a{b,c}` as `ab` and `ac`; braces within braces too. */
function alternatives(pattern: string): string[] {
  const innermost = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(pattern);
  if (innermost === null) return [pattern];
  const [, before = "", inside = "", after = ""] = innermost;
  return inside.split(",").flatMap((one) => alternatives(`${before}${one}${after}`));
}
