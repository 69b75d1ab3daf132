import { UserError } from "@multiarch/diagnostics";
import type { Document, LineCounter, Node, Pair } from "yaml";

/** Keys and indexes from the top of the document. */
export type ConfigPath = readonly (string | number)[];

/** A parsed file: plain values, and where each of them stands. */
export interface ParsedYaml {
  readonly value: Record<string, unknown>;
  /** `3:7`, line and column from 1, of what stands at the path; of its key when `key` is set and it has one. */
  position(path: ConfigPath, key?: boolean): string;
}

/** The closed table needs 9 levels; the documents that carry the configuration allow 12 in all. */
const maximumDepth = 10;
/** Counted after aliases are expanded: what keeps a bomb from going off. */
const maximumNodes = 20_000;
/** The parser recurses, and V8 aborts the whole process when a stack is nearly used up: so nesting is bounded before. */
const maximumNesting = 64;

/**
 * The one mapping of a YAML 1.2 text. Nothing but comments is an empty mapping.
 * Numbers and booleans that are not written in their plain form (`1.10`, `True`, `0x1F`) stay text, as written.
 * @param where the file, for messages
 * @throws UserError MA121 with line and column
 */
export async function parseYaml(text: string, where: string): Promise<ParsedYaml> {
  const { LineCounter, parseAllDocuments } = await import("yaml");
  const lines = new LineCounter();
  const invalid = (offset: number, what: string, fix?: string): UserError =>
    new UserError("MA121", {
      what,
      where: `${where}:${linePosition(lines, offset)}`,
      ...(fix === undefined ? {} : { fix }),
    });
  checkNesting(text, where);
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: "core",
    strict: true,
    stringKeys: true,
    uniqueKeys: true,
    version: "1.2",
  });
  for (const document of documents) {
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw invalid(problem.pos[0], yamlMessage(problem.code, problem.message));
  }
  const [document, second] = documents as Document.Parsed[];
  if (second) {
    throw invalid(
      second.contents?.range[0] ?? second.range[0],
      "the file holds a second document",
      "remove the line --- or ... and what follows it",
    );
  }
  const { position, place } = recordPositions(lines);
  if (!document?.contents) return { value: {}, position };
  const convert = await converter(document, place, invalid);
  const value = convert(document.contents, [], 0);
  if (value === null) return { value: {}, position };
  if (typeof value !== "object" || Array.isArray(value)) {
    throw invalid(
      document.contents.range[0],
      `the file holds ${Array.isArray(value) ? "a list" : "a single value"}, not keys with values`,
    );
  }
  return { value: value as Record<string, unknown>, position };
}

type Place = (path: ConfigPath, value: number, key?: number) => void;

function recordPositions(lines: LineCounter): {
  position: ParsedYaml["position"];
  place: Place;
} {
  const places = new Map<string, { value: number; key?: number }>();
  return {
    place: (path, value, key) => {
      places.set(JSON.stringify(path), { value, ...(key === undefined ? {} : { key }) });
    },
    position: (path, key = false) => {
      // What is missing has no place: then its nearest parent's is told.
      for (let length = path.length; length >= 0; length--) {
        const found = places.get(JSON.stringify(path.slice(0, length)));
        if (found) return linePosition(lines, (key ? found.key : undefined) ?? found.value);
      }
      return "1:1";
    },
  };
}

async function converter(
  document: Document.Parsed,
  place: Place,
  invalid: (offset: number, what: string, fix?: string) => UserError,
): Promise<(node: Node | null, path: ConfigPath, fallback: number, key?: number) => unknown> {
  const { isAlias, isMap, isScalar, isSeq } = await import("yaml");
  let nodes = 0;
  const convert = (
    node: Node | null,
    path: ConfigPath,
    fallback: number,
    key?: number,
  ): unknown => {
    const offset = node?.range?.[0] ?? fallback;
    place(path, offset, key);
    if (++nodes > maximumNodes) {
      throw invalid(offset, `aliases expand to more than ${maximumNodes} values`);
    }
    if (path.length > maximumDepth) {
      throw invalid(offset, `values are nested deeper than ${maximumDepth} levels`);
    }
    if (node === null) return null;
    if (isAlias(node)) {
      const source = node.resolve(document);
      if (!source) throw invalid(offset, `the alias *${node.source} names no earlier anchor`);
      return convert(source, path, offset, key);
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => convert(item as Node, [...path, index], offset));
    }
    if (isMap(node)) {
      const entries = (node.items as Pair<Node, Node | null>[]).map((pair) => {
        const name = String(isScalar(pair.key) ? pair.key.value : pair.key);
        const keyOffset = pair.key.range?.[0] ?? offset;
        if (name in Object.prototype || name === "prototype") {
          throw invalid(keyOffset, `the key ${name} is not allowed`);
        }
        return [name, convert(pair.value, [...path, name], keyOffset, keyOffset)];
      });
      return Object.fromEntries(entries);
    }
    if (!isScalar(node)) return null;
    const { value, source } = node;
    const plain = typeof value === "number" || typeof value === "boolean";
    return plain && source !== undefined && String(value) !== source ? source : value;
  };
  return convert;
}

function checkNesting(text: string, where: string): void {
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const inline = line.match(/(?<![^\s])[-?](?=\s|$)/g)?.length ?? 0;
    const indent = line.search(/[^\s]/);
    for (const character of line) {
      if (character === "[" || character === "{") depth++;
      if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
      if (depth > maximumNesting) break;
    }
    if (depth > maximumNesting || inline > maximumNesting || indent > 4 * maximumNesting) {
      throw new UserError("MA121", {
        what: `values are nested deeper than ${maximumNesting} levels`,
        where: `${where}:${index + 1}:1`,
      });
    }
  }
}

function yamlMessage(code: string, message: string): string {
  if (code === "TAB_AS_INDENT") return "a tab is used as indentation; YAML takes spaces only";
  if (code === "DUPLICATE_KEY") return "a key stands twice in one place";
  if (code === "TAG_RESOLVE_FAILED") return "a tag such as !name is not understood here";
  return `this is not YAML: ${message.split("\n")[0]}`;
}

function linePosition(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${Math.max(1, line)}:${Math.max(1, col)}`;
}
