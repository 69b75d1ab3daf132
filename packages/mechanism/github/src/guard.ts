import { UserError } from "@multiarch/diagnostics";
import { type ActionsLog, actionsLog } from "./log.ts";
import type { Environment, Write } from "./runner.ts";

/** No error has more causes than this worth reading, and a cycle of causes ends here. */
const maximumCauses = 5;

/**
 * Runs the whole of an action: the only place that turns errors into a failed step.
 * A `UserError` is shown with its id and without a stack, any other error with its stack and those of its causes.
 *
 * When `main` neither returns nor throws, Node would end with exit code 0 as soon as nothing is left to wait for: a
 * response that is cut off in its body leaves such a promise in the clients that GitHub gives out. `beforeExit` is the
 * moment when that happens, and then the step fails.
 *
 * Only `process.exitCode` is set. `process.exit` would cut off output that is still being written, and on Windows it
 * can abort Node in the middle of closing sockets (UV_HANDLE_CLOSING).
 */
export async function guardMain(
  main: (log: ActionsLog) => Promise<void>,
  { env, write }: { readonly env: Environment; readonly write: Write },
): Promise<void> {
  const log = actionsLog(env, write);
  const fail = (error: unknown): void => {
    process.exitCode = 1;
    report(log, error);
  };
  const onDrained = (): void =>
    fail(new UserError("MA001", { what: "the action ended before it was finished" }));
  process.once("beforeExit", onDrained);
  try {
    await main(log);
  } catch (error) {
    fail(error);
  } finally {
    process.removeListener("beforeExit", onDrained);
  }
}

function report(log: ActionsLog, error: unknown): void {
  if (error instanceof UserError) {
    log.annotate("error", error.message, { title: error.id });
    if (error.cause !== undefined) log.debug(withCauses(error.cause));
    return;
  }
  const title = error instanceof Error ? error.name : "Error";
  log.annotate("error", withCauses(error), { title });
}

/** Stacks only, no other properties: errors of HTTP clients carry request headers in those. */
function withCauses(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current !== undefined && parts.length < maximumCauses) {
    parts.push(current instanceof Error ? (current.stack ?? current.message) : String(current));
    if (current instanceof AggregateError) parts.push(...current.errors.map(String));
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join("\ncaused by: ");
}
