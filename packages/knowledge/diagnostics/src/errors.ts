import { catalog, type ErrorId } from "./catalog.ts";

/** What a user needs to act on an error. Every field is one short phrase without a final full stop. */
export interface UserErrorDetails {
  /** What went wrong, naming the culprit: `leg linux-x64 was delivered twice`. */
  readonly what: string;
  readonly expected?: string;
  readonly found?: string;
  /** File with line and column, input name, artifact name. */
  readonly where?: string;
  /** What to do. Without it the catalogue's advice for the id is shown. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** An error that the user can mend. It is shown without a stack, with its id; `docs/errors.md` explains each id. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly id: ErrorId;
  readonly details: UserErrorDetails;

  constructor(id: ErrorId, details: UserErrorDetails) {
    super(format(id, details), details.cause === undefined ? {} : { cause: details.cause });
    this.id = id;
    this.details = details;
  }
}

/** A state that the code itself rules out. Shown with its stack: it is our mistake, not the user's. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

function format(id: ErrorId, details: UserErrorDetails): string {
  const { what, expected, found, where } = details;
  const fix = details.fix ?? catalog[id].fix;
  return [
    `${id} ${what}`,
    ...(where === undefined ? [] : [`where: ${where}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
    `do: ${fix}`,
  ].join("\n  ");
}
