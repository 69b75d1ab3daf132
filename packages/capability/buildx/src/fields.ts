/**
 * The fields of one line as buildx reads it: apart by commas, a field that begins with `"` ends at the next single `"`, `""` stands
 * for one. Null when a quote is not closed or something follows it: buildx refuses that.
 */
export function readFields(line: string): string[] | null {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(line.slice(at));
      if (quoted === null) return null;
      fields.push((quoted[1] ?? "").replaceAll('""', '"'));
      at += quoted[0].length;
    } else {
      const end = line.indexOf(",", at);
      const field = line.slice(at, end < 0 ? undefined : end);
      if (field.includes('"')) return null;
      fields.push(field);
      at += field.length;
    }
    if (at >= line.length) return fields;
    at += 1;
  }
}

/** One field, quoted where it would otherwise be taken for several. */
export function writeField(field: string): string {
  return /[",\r\n]|^\s/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** The lines of an input that say something, trimmed. */
export function lines(text: string | null): string[] {
  return (text ?? "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
