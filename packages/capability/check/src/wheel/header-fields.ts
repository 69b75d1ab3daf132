/** Fields of METADATA, WHEEL or PKG-INFO by lower-case name, every value in order. */
export type HeaderFields = ReadonlyMap<string, readonly string[]>;

/**
 * Reads headers as Python's mail parser does: up to the first empty line, a line that begins with white space goes on with
 * the one above. Lines that are no header end them too, so what comes after is never taken for a field.
 */
export function readHeaderFields(bytes: Uint8Array): HeaderFields {
  const fields = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)) {
    const [, name, value = ""] = /^([\x21-\x39\x3b-\x7e]+):(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      const key = name.toLowerCase();
      values = fields.get(key) ?? [];
      values.push(value.trim());
      fields.set(key, values);
    } else if (/^[ \t]/.test(line) && values !== undefined) {
      values.push(`${values.pop()}\n${line.trim()}`);
    } else break;
  }
  return fields;
}

/** The first value of a field; `null`: it is not there. */
export function headerField(fields: HeaderFields, name: string): string | null {
  return fields.get(name.toLowerCase())?.[0] ?? null;
}
