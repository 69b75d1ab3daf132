import { isUtf8 } from "node:buffer";

/** A line of RECORD. */
export interface RecordLine {
  readonly path: string;
  /** `sha256=…`, or empty. */
  readonly hash: string;
  /** Decimal digits, or empty. */
  readonly size: string;
  /** Columns behind the third, which installers pass over. */
  readonly more: number;
}

/**
 * Reads RECORD: CSV of three columns with `"` as its quote (binary distribution format, "The .dist-info directory").
 * @returns the lines, or what is wrong with the first one that is no such line
 */
export function readRecord(bytes: Uint8Array): readonly RecordLine[] | { readonly wrong: string } {
  if (!isUtf8(bytes)) return { wrong: "bytes that are not UTF-8" };
  const text = new TextDecoder().decode(bytes);
  const lines: RecordLine[] = [];
  for (const row of rows(text)) {
    const [path, hash, size] = row;
    if (row.length === 1 && path === "") continue;
    if (path === undefined || hash === undefined || size === undefined) {
      return { wrong: `a line of ${row.length} columns: ${row.join(",").slice(0, 200)}` };
    }
    lines.push({ path, hash, size, more: row.length - 3 });
  }
  return lines;
}

function* rows(text: string): Generator<string[]> {
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|((?:[^",\r\n][^,\r\n]*)?))(,|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length || row.length > 0) {
    const start = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) {
      // A quote that is never closed, or text after it: readers do not agree on how the rest is split.
      yield [text.slice(start)];
      return;
    }
    const [, quoted, bare = "", end] = match;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    yield row;
    row = [];
    if (end === "") return;
  }
}
