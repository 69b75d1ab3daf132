export interface WildcardOptions {
  /** `*` and `?` take any character; without it they stop at slashes, and `**` does not. */
  readonly anywhere?: boolean;
  readonly ignoreCase?: boolean;
}

type Token =
  | { readonly kind: "character"; readonly character: string }
  /** `?`, `*`, `**`, and a leading `**` with its slash, which may stand for nothing. */
  | { readonly kind: "one" | "star" | "any" | "folders" };

/**
 * A matcher for whole names by `*`, `?` and `**`; every other character stands for itself. Takes time in the product of both
 * lengths at most, whatever the pattern: it may come from a stranger's pull request.
 */
export function wildcard(
  pattern: string,
  { anywhere = false, ignoreCase = false }: WildcardOptions = {},
): (name: string) => boolean {
  const cased = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const tokens = read(cased(pattern));
  return (name) => matches(tokens, [...cased(name)], anywhere);
}

function read(pattern: string): Token[] {
  return (pattern.match(/\*\*\/|\*+|./gsu) ?? []).map((piece): Token => {
    if (piece === "**/") return { kind: "folders" };
    if (piece.startsWith("**")) return { kind: "any" };
    if (piece === "*") return { kind: "star" };
    return piece === "?" ? { kind: "one" } : { kind: "character", character: piece };
  });
}

function matches(tokens: readonly Token[], text: readonly string[], anywhere: boolean): boolean {
  // reached[i]: the tokens so far take the first i characters.
  let reached = [true, ...text.map(() => false)];
  for (const token of tokens) {
    const next = text.map(() => false);
    next.unshift(token.kind !== "one" && token.kind !== "character" && reached[0] === true);
    let before = reached[0] === true;
    for (const [index, character] of text.entries()) {
      const free = anywhere || character !== "/";
      const here = reached[index] === true;
      const after = reached[index + 1] === true;
      switch (token.kind) {
        case "character":
          next[index + 1] = here && character === token.character;
          break;
        case "one":
          next[index + 1] = here && free;
          break;
        case "star":
          next[index + 1] = after || (next[index] === true && free);
          break;
        case "any":
          next[index + 1] = after || next[index] === true;
          break;
        case "folders":
          next[index + 1] = after || (before && character === "/");
          break;
      }
      before ||= after;
    }
    reached = next;
  }
  return reached.at(-1) === true;
}
