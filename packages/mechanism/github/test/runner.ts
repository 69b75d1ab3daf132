// What GitHub's runner does with a step's standard output and files, after its ActionCommand, ActionCommandManager and
// FileCommandManager (read in August 2026), so that tests can ask "what would it have obeyed?".

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const registered = [
  ...[
    "set-env",
    "set-output",
    "save-state",
    "add-mask",
    "add-path",
    "add-matcher",
    "remove-matcher",
  ],
  ...["debug", "warning", "error", "notice", "group", "endgroup", "echo", "stop-commands"],
];

/** Everything a stream makes the runner do: the commands it obeys, in order, and the lines it merely shows. */
export function obey(stream: string): { commands: Command[]; shown: string[]; stopped: boolean } {
  const commands: Command[] = [];
  const shown: string[] = [];
  let token: string | null = null;
  for (const line of readLines(stream)) {
    const known: readonly string[] = token === null ? registered : [...registered, token];
    const command: Command | null = parseColons(line, known) ?? parseBrackets(line, known);
    if (command === null) shown.push(line);
    else if (token !== null) {
      if (command.name.toLowerCase() === token.toLowerCase()) token = null;
      else shown.push(line);
    } else if (command.name === "stop-commands") {
      if (command.data === "" || registered.includes(command.data)) throw new Error("a bad token");
      token = command.data;
    } else commands.push(command);
  }
  return { commands, shown, stopped: token !== null };
}

/** .NET's StreamReader.ReadLine: CR, LF and CRLF end a line; the last one needs no end. */
function readLines(stream: string): string[] {
  const lines = stream.split(/\r\n|\r|\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** `::name key=value,key=value::data`, after white space. */
function parseColons(line: string, known: readonly string[]): Command | null {
  const message = line.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/,
    "",
  );
  if (indexOf(message, "::", 0) !== 0) return null;
  const end = indexOf(message, "::", 2);
  if (end < 0) return null;
  return parseCommand(message.slice(2, end), message.slice(end + 2), ",", known, {
    property: [
      ["%0D", "\r"],
      ["%0A", "\n"],
      ["%3A", ":"],
      ["%2C", ","],
      ["%25", "%"],
    ],
    data: [
      ["%0D", "\r"],
      ["%0A", "\n"],
      ["%25", "%"],
    ],
  });
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function parseBrackets(line: string, known: readonly string[]): Command | null {
  const start = indexOf(line, "##[", 0);
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) return null;
  const mapping: Mapping = [
    ["%3B", ";"],
    ["%0D", "\r"],
    ["%0A", "\n"],
    ["%5D", "]"],
    ["%25", "%"],
  ];
  return parseCommand(line.slice(start + 3, end), line.slice(end + 1), ";", known, {
    property: mapping,
    data: mapping,
  });
}

type Mapping = readonly (readonly [string, string])[];

function parseCommand(
  info: string,
  data: string,
  separator: string,
  known: readonly string[],
  mappings: { readonly property: Mapping; readonly data: Mapping },
): Command | null {
  const space = info.indexOf(" ");
  const name = space < 0 ? info : info.slice(0, space);
  if (!known.some((one) => one.toLowerCase() === name.toLowerCase())) return null;
  const properties: Record<string, string> = {};
  const listed =
    space > 0
      ? info
          .slice(space + 1)
          .trim()
          .split(separator)
      : [];
  for (const property of listed) {
    const equals = property.indexOf("=");
    const value = property.slice(equals + 1);
    // A pair without a name or a value is dropped.
    if (equals > 0 && value !== "")
      properties[property.slice(0, equals)] = unescapeBy(value, mappings.property);
  }
  return { name: name.toLowerCase(), properties, data: unescapeBy(data, mappings.data) };
}

function unescapeBy(text: string, mapping: Mapping): string {
  return mapping.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);
}

/**
 * .NET compares these strings by culture, which passes by characters of no weight: NUL, soft hyphen, zero-width ones.
 * The index is that of the first character that counts; the caller cuts by the plain length all the same.
 */
function indexOf(text: string, wanted: string, from: number): number {
  for (let start = from; start < text.length; start++) {
    let at = start;
    let matched = 0;
    while (matched < wanted.length && at < text.length) {
      if (text[at] === wanted[matched]) matched += 1;
      else if (matched === 0 || !/[\0\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/.test(text[at] ?? ""))
        break;
      at += 1;
    }
    if (matched === wanted.length) return start;
  }
  return -1;
}

/** The entries of a file such as GITHUB_OUTPUT names. Throws where the runner would fail the step. */
export function parseFileCommands(text: string, windows: boolean): [string, string][] {
  const entries: [string, string][] = [];
  let index = 0;
  const readLine = (): { line: string; newline: string | null } | null => {
    if (index >= text.length) return null;
    const start = index;
    const lineFeed = text.indexOf("\n", index);
    if (lineFeed < 0) {
      index = text.length;
      return { line: text.slice(start), newline: null };
    }
    const both = windows ? text.indexOf("\r\n", index) : -1;
    const newline = both >= 0 && both < lineFeed ? "\r\n" : "\n";
    const end = newline === "\n" ? lineFeed : both;
    index = end + newline.length;
    return { line: text.slice(start, end), newline };
  };
  for (let read = readLine(); read !== null; read = readLine()) {
    const { line } = read;
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      entries.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
    if (heredoc < 0 || name === "" || delimiter === "") throw new Error(`Invalid format '${line}'`);
    const start = index;
    let end = index;
    for (let inner = readLine(); inner?.line !== delimiter; inner = readLine()) {
      if (inner === null || inner.newline === null) throw new Error("Invalid value");
      end = index - inner.newline.length;
    }
    entries.push([name, text.slice(start, Math.max(start, end))]);
  }
  return entries;
}
