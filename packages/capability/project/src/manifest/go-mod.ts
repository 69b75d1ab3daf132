import { UserError } from "@multiarch/diagnostics";

/** The lines of a go.mod that matter here. */
export interface GoMod {
  readonly module: string;
  readonly goVersion: string | null;
  readonly toolchain: string | null;
}

/**
 * Reads `module`, `go` and `toolchain` (go.dev/ref/mod, "go.mod files"): line comments, quoted and raw strings, and
 * each directive alone or in a block.
 * @param where the file, for messages
 * @throws UserError MA133 with the line
 */
export function parseGoMod(text: string, where: string): GoMod {
  const found = new Map<string, string>();
  let block: string | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = tokens(line, `${where}:${index + 1}`);
    const [first, second] = words;
    if (first === undefined) continue;
    if (block !== null) {
      if (first === ")") block = null;
      else note(block, first, `${where}:${index + 1}`);
    } else if (second === "(") {
      block = first;
    } else if (second !== undefined) {
      note(first, second, `${where}:${index + 1}`);
    }
  }
  const module = found.get("module");
  if (module === undefined) {
    throw new UserError("MA133", { what: "go.mod names no module", where });
  }
  const toolchain = found.get("toolchain");
  return {
    module,
    goVersion: found.get("go") ?? null,
    toolchain: toolchain === undefined || toolchain === "default" ? null : toolchain,
  };

  function note(directive: string, value: string, place: string): void {
    if (!["module", "go", "toolchain"].includes(directive)) return;
    if (found.has(directive)) {
      throw new UserError("MA133", { what: `go.mod has two ${directive} lines`, where: place });
    }
    found.set(directive, value);
  }
}

/** Words, `(`, `)` and strings without their quotes, up to a comment. */
function tokens(line: string, where: string): string[] {
  const words: string[] = [];
  const pattern = /\s+|\/\/.*|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|((?:(?!\/\/)[^\s"`()])+)/gy;
  let reached = 0;
  for (const match of line.matchAll(pattern)) {
    reached = match.index + match[0].length;
    const [, quoted, raw, bracket, bare] = match;
    const word = quoted === undefined ? (raw ?? bracket ?? bare) : unquote(quoted);
    if (word !== undefined) words.push(word);
  }
  if (reached < line.length) {
    throw new UserError("MA133", { what: "a line of go.mod cannot be read", where, found: line });
  }
  return words;
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

/**
 * The name that `go build` gives to the executable of a package: the last element of its import path, or the one before
 * when that is a major version such as v2 (cmd/go, DefaultExecName).
 */
export function executableName(importPath: string): string {
  const elements = importPath.split("/").filter((element) => element !== "");
  const last = elements.at(-1) ?? importPath;
  const before = elements.at(-2);
  const isVersion = /^v(?:[2-9]|[1-9][0-9]+)$/.test(last);
  return isVersion && before !== undefined ? before : last;
}
