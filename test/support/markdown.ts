/** A block of code in a document. */
export interface Fence {
  /** What stands after the opening backticks. */
  readonly language: string;
  readonly text: string;
  /** Line of the opening backticks, from 1. */
  readonly line: number;
}

/** @throws when a block is not closed, or stands where this reader would not see its language */
export function fences(markdown: string): Fence[] {
  const found: Fence[] = [];
  let open: { language: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (!line.trimStart().startsWith("```")) {
      open?.lines.push(line);
      continue;
    }
    if (!line.startsWith("```")) throw new Error(`line ${index + 1}: an indented block of code`);
    if (open === null) {
      open = { language: line.slice(3).trim(), line: index + 1, lines: [] };
      continue;
    }
    found.push({ language: open.language, line: open.line, text: `${open.lines.join("\n")}\n` });
    open = null;
  }
  if (open !== null) throw new Error(`line ${open.line}: a block of code without an end`);
  return found;
}

/** The table whose header has these cells, as rows of cells. @throws when there is none */
export function tableOf(markdown: string, headers: readonly string[]): string[][] {
  const lines = markdown.split("\n");
  const start = lines.indexOf(`| ${headers.join(" | ")} |`);
  if (start < 0) throw new Error(`no table with the headers ${headers.join(", ")}`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end < 0 ? rest.length : end).map((line) =>
    line
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

/** What stands between backticks, in order. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");
}
