import { InternalError, nearest, UserError } from "@multiarch/diagnostics";
import type * as v from "valibot";
import { describe } from "./describe.ts";
import type { ConfigPath } from "./yaml.ts";

/** One thing that is wrong, at a path of the configuration. */
interface Finding {
  readonly path: ConfigPath;
  readonly kind: "unknown-key" | "missing-key" | "bad-key" | "value";
  readonly expected: string;
  readonly found: unknown;
}

/** Tells where a path stands: `multiarch.yml:3:7`, or what the caller's flag is called. */
export type Locate = (path: ConfigPath, key?: boolean) => string;

/**
 * The error for everything that a schema found wrong: the first in full, the places of the others.
 * An unknown key goes first: it is mostly what made the rest wrong.
 */
export function configError(
  issues: readonly v.BaseIssue<unknown>[],
  schema: v.GenericSchema,
  locate: Locate,
): UserError {
  const findings = issues.flatMap((issue) => flatten(issue, []));
  const first = findings.find(({ kind }) => kind === "unknown-key") ?? findings[0];
  if (!first) throw new InternalError("a schema failed without an issue");
  const others = [
    ...new Set(
      findings.filter((finding) => finding !== first).map((finding) => at(finding, locate)),
    ),
  ];
  const shown = others.slice(0, 5).join(", ");
  const further =
    others.length === 0 ? "" : ` (then also: ${shown}${others.length > 5 ? ", …" : ""})`;
  const where = `${at(first, locate)}${further}`;
  const name = dotted(first.path);
  if (first.kind === "unknown-key") {
    const known = keysAt(schema, first.path.slice(0, -1));
    const close = nearest(String(first.path.at(-1)), known);
    return new UserError("MA122", {
      what: `unknown key ${name}`,
      where,
      expected: `one of ${known.join(", ")}`,
      ...(close === undefined ? {} : { fix: `did you mean ${close}?` }),
    });
  }
  return new UserError("MA123", {
    what: whats[first.kind](name),
    where,
    expected: first.expected,
    found: first.kind === "missing-key" ? "nothing" : describe(first.found),
  });
}

const whats = {
  "missing-key": (name: string) => `the key ${name} is missing`,
  "bad-key": (name: string) => `the key ${name} has no valid name`,
  value: (name: string) => `${name} has no valid value`,
};

function at(finding: Finding, locate: Locate): string {
  return locate(finding.path, finding.kind === "unknown-key" || finding.kind === "bad-key");
}

/** A union fails as a whole: the alternative that got furthest into the value is the one that was meant. */
function flatten(issue: v.BaseIssue<unknown>, above: ConfigPath): Finding[] {
  const own = (issue.path ?? []).map((item) => item.key as string | number);
  const path = [...above, ...own];
  const deeper = issue.type === "union" ? (issue.issues ?? []).filter(reachesDeeper) : [];
  if (deeper.length > 0) return deeper.flatMap((inner) => flatten(inner, path));
  const kind = kindOf(issue);
  const expected = kind === "missing-key" ? "a value" : issue.message;
  return [{ path, kind, expected, found: issue.input }];
}

/** An object says that a key is too many or missing; a record says what is wrong with the name of one. */
function kindOf(issue: v.BaseIssue<unknown>): Finding["kind"] {
  if (issue.path?.at(-1)?.origin !== "key") return "value";
  if (!["strict_object", "object_with_rest"].includes(issue.type)) return "bad-key";
  return issue.expected === "never" ? "unknown-key" : "missing-key";
}

function reachesDeeper(issue: v.BaseIssue<unknown>): boolean {
  return (issue.path?.length ?? 0) > 0 || (issue.issues?.some(reachesDeeper) ?? false);
}

function dotted(path: ConfigPath): string {
  const text = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "the configuration" : text;
}

type AnySchema = v.GenericSchema & {
  readonly type: string;
  readonly entries?: Record<string, AnySchema>;
  readonly rest?: AnySchema;
  readonly item?: AnySchema;
  readonly value?: AnySchema;
  readonly wrapped?: AnySchema;
  readonly options?: readonly AnySchema[];
};

/** The keys that may stand in the object at a path. */
function keysAt(schema: v.GenericSchema, path: ConfigPath): string[] {
  let reached = unwrap(schema as AnySchema);
  for (const part of path) {
    reached = reached
      .flatMap((one) => [one.entries?.[String(part)] ?? one.rest, one.item, one.value])
      .flatMap((one) => (one === undefined ? [] : unwrap(one)));
  }
  return reached.flatMap((one) => Object.keys(one.entries ?? {}));
}

function unwrap(schema: AnySchema): AnySchema[] {
  if (schema.wrapped) return unwrap(schema.wrapped);
  if (schema.type === "union") return (schema.options ?? []).flatMap(unwrap);
  return [schema];
}
