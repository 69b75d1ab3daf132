import { readFileSync, writeFileSync } from "node:fs";

/** A Markdown table. */
export function table(headers, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}

/** `1.75×` */
export function ratio(value, floor) {
  return `${(value / floor).toFixed(2)}×`;
}

/** `0.42 s`, `37 ms` */
export function time(milliseconds) {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

/** `met` or `missed`, in one place so that the reader finds it by eye. */
export function verdict(met) {
  return met ? "met" : "**missed**";
}

/** Replaces what stands between a figure's markers. @throws when the page has no such markers */
export function rewrite(path, name, text) {
  const page = readFileSync(path, "utf8");
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(page)) throw new Error(`${path} has no place for ${name}`);
  writeFileSync(
    path,
    page.replace(marked, (_, begin, end) => `${begin}${text}\n${end}`),
  );
}
