import { fence } from "@multiarch/process";
import { formatCommand } from "./command.ts";
import { type Environment, inActions, type Write } from "./runner.ts";

/**
 * Shorter values are not masked. The runner drops every job output that contains a masked text, with only a warning: a
 * mask on a word such as `arm64` would empty the matrix.
 */
const minimumLength = 8;

/**
 * Has the runner replace a value by `***` in everything it shows from now on, also where it stands encoded in a URL or in base64.
 * @returns false when nothing was masked: the value is too short, or no runner listens (then it must not be printed).
 */
export function setSecret(
  value: string,
  { env, write }: { readonly env: Environment; readonly write: Write },
): boolean {
  if (!inActions(env) || value.trim().length < minimumLength) return false;
  for (const form of forms(value)) fence(write).command(formatCommand("add-mask", {}, form));
  return true;
}

/** Whether the runner would drop a job output with this value, because it contains one of the secrets or a line of one. */
export function wouldBeDropped(value: string, secrets: readonly string[]): boolean {
  return secrets
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/).map((line) => line.trim())])
    .filter((secret) => secret !== "")
    .some((secret) => forms(secret).some((form) => value.includes(form)));
}

function forms(value: string): string[] {
  return [
    ...new Set([value, encodeURIComponent(value), Buffer.from(value, "utf8").toString("base64")]),
  ];
}
