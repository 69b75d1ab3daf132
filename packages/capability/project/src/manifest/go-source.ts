/** What matters of a Go file that may hold a program. */
export interface GoSource {
  /** Kept out of every build by `//go:build ignore`. */
  readonly ignored: boolean;
  /** Built under some condition only. */
  readonly constrained: boolean;
  readonly packageName: string | null;
  readonly hasMain: boolean;
}

/** Reads the package clause and looks for `func main()`; comments and strings are no code. */
export function readGoSource(text: string): GoSource {
  const constraints = leadingComments(text).filter((line) =>
    /^\/\/(?:go:build|\s*\+build)\s/.test(line),
  );
  const code = withoutCommentsAndStrings(text);
  const packageName = /^\s*package\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(code)?.[1] ?? null;
  return {
    ignored: constraints.some((line) => /build\s+ignore\s*$/.test(line)),
    constrained: constraints.length > 0,
    packageName,
    hasMain: packageName === "main" && /(?:^|[\n;])\s*func\s+main\s*\(\s*\)/.test(code),
  };
}

/** The `//` lines above the package clause: build constraints stand nowhere else. */
function leadingComments(text: string): string[] {
  const lines = text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .map((line) => line.trim());
  const end = lines.findIndex((line) => line !== "" && !line.startsWith("//"));
  return lines.slice(0, end === -1 ? undefined : end);
}

/** The same text with comments as a space and strings empty; line breaks of block comments and raw strings stay. */
function withoutCommentsAndStrings(text: string): string {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`]*`?/g;
  return text.replace(pattern, (match) => {
    if (match.startsWith("/*")) return match.includes("\n") ? "\n" : " ";
    return match.startsWith("//") ? " " : '""';
  });
}
