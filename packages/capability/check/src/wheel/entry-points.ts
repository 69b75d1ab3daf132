/**
 * What is malformed in entry_points.txt ("Entry points specification": an INI file read by Python's configparser, `=` the
 * only delimiter, names case-sensitive). Nothing: it is well-formed.
 */
export function entryPointFaults(bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const seen = new Map<string, Set<string>>();
  let group: Set<string> | null = null;
  let indent = Number.POSITIVE_INFINITY;
  for (const [index, raw] of new TextDecoder()
    .decode(bytes)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const deep = raw.length - raw.trimStart().length;
    // Deeper than the entry above: its value goes on.
    if (deep > indent) continue;
    const fault = (what: string): void => {
      faults.push(`line ${index + 1}: ${what}: ${line.slice(0, 80)}`);
    };
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      if (seen.has(section)) fault("a group for the second time");
      group = new Set();
      indent = Number.POSITIVE_INFINITY;
      seen.set(section, group);
      continue;
    }
    const equals = line.indexOf("=");
    const name = line.slice(0, Math.max(equals, 0)).trim();
    if (group === null) fault("an entry before any [group]");
    else if (name === "") fault("no name and =");
    else if (group.has(name)) fault("a name for the second time");
    else if (!reference.test(line.slice(equals + 1).trim())) fault("no reference to an object");
    group?.add(name);
    indent = deep;
  }
  return faults;
}

const dotted = "[\\p{L}\\p{N}_.]+";
/** `package.module:object.attribute [extra, extra]`. */
const reference = new RegExp(`^${dotted}(?:\\s*:\\s*${dotted})?(?:\\s*\\[[^\\]]*\\])?$`, "u");
