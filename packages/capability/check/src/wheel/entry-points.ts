interface Entry {
  readonly line: number;
  readonly name: string;
  value: string;
}

/**
 * What is malformed in entry_points.txt ("Entry points specification": an INI file read by Python's configparser, `=` the
 * only delimiter, names case-sensitive, a value goes on where a line is indented deeper). Nothing: it is well-formed.
 */
export function entryPointFaults(bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const groups = new Set<string>();
  const entries: Entry[] = [];
  let names: Set<string> | null = null;
  let last: { readonly entry: Entry; readonly indent: number } | null = null;
  for (const [index, raw] of new TextDecoder()
    .decode(bytes)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const text = raw.trim();
    if (text === "" || text.startsWith("#") || text.startsWith(";")) continue;
    const indent = raw.length - raw.trimStart().length;
    if (last !== null && indent > last.indent) {
      last.entry.value = `${last.entry.value} ${text}`.trim();
      continue;
    }
    const line = index + 1;
    const fault = (what: string): void => {
      faults.push(`line ${line}: ${what}: ${text.slice(0, 80)}`);
    };
    const group = /^\[(.+)\]$/.exec(text)?.[1];
    if (group !== undefined) {
      if (groups.has(group)) fault("a group for the second time");
      groups.add(group);
      names = new Set();
      last = null;
      continue;
    }
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(equals, 0)).trim();
    if (names === null) fault("an entry before any [group]");
    else if (name === "") fault("no name and =");
    else if (names.has(name)) fault("a name for the second time");
    names?.add(name);
    last = { entry: { line, name, value: text.slice(equals + 1).trim() }, indent };
    entries.push(last.entry);
  }
  for (const { line, name, value } of entries) {
    if (name === "" || reference.test(value)) continue;
    faults.push(`line ${line}: no reference to an object: ${value.slice(0, 80)}`);
  }
  return faults;
}

const dotted = "[\\p{L}\\p{N}_.]+";
/** `package.module:object.attribute [extra, extra]`. */
const reference = new RegExp(`^${dotted}(?:\\s*:\\s*${dotted})?(?:\\s*\\[[^\\]]*\\])?$`, "u");
