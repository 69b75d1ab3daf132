import { createHash } from "node:crypto";
import { UserError } from "@multiarch/diagnostics";
import * as v from "valibot";
import { leg } from "./leg.ts";
import { plan } from "./plan.ts";
import { release } from "./release.ts";

const schemas = { plan, leg, release } as const;

export type DocumentKind = keyof typeof schemas;
export type DocumentOf<Kind extends DocumentKind> = v.InferOutput<(typeof schemas)[Kind]>;

const maximumBytes = 8 * 1024 * 1024;
const maximumDepth = 12;

/** A document that passed its schema, with the paths of fields that this version does not know. */
export interface ParsedDocument<Kind extends DocumentKind> {
  readonly value: DocumentOf<Kind>;
  readonly sha256: string;
  readonly unknown: readonly string[];
}

/** Canonical text: `schema` first, all other keys sorted, two spaces, one final line feed. Equal values give equal bytes. */
export function serialize(document: unknown): string {
  return `${JSON.stringify(sortKeys(document), null, 2)}\n`;
}

/** sha256 in hex of text or bytes. */
export function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * Reads a document from bytes that another job wrote, which are not to be trusted.
 * @param where what the bytes are, for messages: `plan.json of artifact 17`
 * @throws UserError MA901 when malformed, MA902 for another major version
 */
export function parseDocument<Kind extends DocumentKind>(
  kind: Kind,
  bytes: Uint8Array,
  where: string,
): ParsedDocument<Kind> {
  const value = parseJson(bytes, where);
  checkMajor(kind, value, where);
  const result = v.safeParse(schemas[kind], value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new UserError("MA901", {
      what: `the ${kind} is not valid`,
      where: `${where}, ${v.getDotPath(issue) ?? "top level"}`,
      expected: issue.expected ?? issue.message,
      found: issue.received,
    });
  }
  const output = result.output as DocumentOf<Kind>;
  return { value: output, sha256: digest(bytes), unknown: unknownPaths(value, output, "") };
}

/** The JSON text of bytes from another job: size and depth bounded, and no key that could reach a prototype. */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  const invalid = (expected: string, found: string): UserError =>
    new UserError("MA901", { what: "a document cannot be read", where, expected, found });
  if (bytes.byteLength > maximumBytes) {
    throw invalid(`at most ${maximumBytes} bytes`, `${bytes.byteLength} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid("JSON in UTF-8", error instanceof Error ? error.message : String(error));
  }
  const walk = (node: unknown, depth: number): void => {
    if (typeof node !== "object" || node === null) return;
    if (depth > maximumDepth) throw invalid(`at most ${maximumDepth} levels`, "deeper nesting");
    for (const [key, child] of Object.entries(node)) {
      if (key === "__proto__") throw invalid("plain keys", `the key ${key}`);
      walk(child, depth + 1);
    }
  };
  walk(value, 1);
  return value;
}

function checkMajor(kind: DocumentKind, value: unknown, where: string): void {
  const schema =
    typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  const expected = `multiarch.${kind}/1`;
  if (schema === expected) return;
  const sameKind = typeof schema === "string" && schema.startsWith(`multiarch.${kind}/`);
  throw new UserError(sameKind ? "MA902" : "MA901", {
    what: sameKind ? `the ${kind} was written by another major version` : `this is no ${kind}`,
    where,
    expected,
    found: JSON.stringify(schema) ?? "no schema",
  });
}

/** Paths that are in `input` and that the schema dropped from `output`. */
function unknownPaths(input: unknown, output: unknown, path: string): string[] {
  if (typeof input !== "object" || input === null) return [];
  if (typeof output !== "object" || output === null) return [];
  return Object.entries(input).flatMap(([key, child]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (!Object.hasOwn(output, key)) return [here];
    return unknownPaths(child, (output as Record<string, unknown>)[key], here);
  });
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const rank = (key: string): string => (key === "schema" ? "" : key);
  const keys = Object.keys(value).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return Object.fromEntries(
    keys.map((key) => [key, sortKeys((value as Record<string, unknown>)[key])]),
  );
}
