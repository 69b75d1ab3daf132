/**
 * A Markdown table in which every cell shows exactly its text: whatever a project calls its files and versions, it
 * becomes neither markup nor a further cell. A row may be shorter than the headers.
 */
export function summaryTable(
  headers: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${headers.map((_, index) => escapeCell(String(cells[index] ?? ""))).join(" | ")} |`;
  return [line(headers), `|${" --- |".repeat(headers.length)}`, ...rows.map(line), ""].join("\n");
}

function escapeCell(text: string): string {
  return (
    text
      .replaceAll(/[\\`*[\]~|]/g, "\\$&")
      // Within a word GitHub takes an underscore for what it is: `x86_64` stays readable in the source.
      .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/\r\n|\r|\n/g, "<br>")
  );
}
