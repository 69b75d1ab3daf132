import { UserError } from "@multiarch/diagnostics";
import * as v from "valibot";
import { digest, serialize } from "./document.ts";
import { type MatrixRow, matrixRow, type Plan } from "./plan.ts";

/** Where a document can be fetched, and what its bytes must hash to. */
export interface DocumentReference {
  /** The artifact's id; with the directory transport the artifact's name. */
  readonly reference: string;
  readonly sha256: string;
}

/** `<reference>@sha256:<64 hex>`, the form that job outputs and matrix rows carry. */
export function formatReference({ reference, sha256 }: DocumentReference): string {
  return `${reference}@sha256:${sha256}`;
}

/**
 * Reads `<reference>@sha256:<64 hex>`.
 * @param where the input or field that held it, for messages
 */
export function parseReference(text: string, where: string): DocumentReference {
  const match = /^([A-Za-z0-9._-]{1,256})@sha256:([0-9a-f]{64})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new UserError("MA901", {
      what: "a reference to a document cannot be read",
      where,
      expected: "<reference>@sha256:<64 hex digits>",
      found: JSON.stringify(text.slice(0, 120)),
      fix: "pass the output of the matrix or merge step on unchanged",
    });
  }
  return { reference: match[1], sha256: match[2] };
}

/**
 * A row of our own matrix, as a job got it; `null` for anything that carries no `plan`, such as the row of a user's own matrix.
 * @param where the input that held it, for messages
 */
export function parseMatrixRow(value: unknown, where: string): MatrixRow | null {
  if (typeof value !== "object" || value === null || !("plan" in value)) return null;
  const result = v.safeParse(matrixRow, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new UserError("MA901", {
    what: "the matrix row is not valid",
    where: `${where}, ${v.getDotPath(issue) ?? "top level"}`,
    expected: issue.expected ?? issue.message,
    found: issue.received,
    fix: "pass the row on as the matrix step wrote it",
  });
}

/** The plan's id: 16 hex digits of the sha256 of all its other fields. */
export function planId(planWithoutId: Omit<Plan, "id">): string {
  return digest(serialize(planWithoutId)).slice(0, 16);
}
