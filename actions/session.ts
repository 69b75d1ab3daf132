import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import {
  type ActionsLog,
  actionsLog,
  type RunContext,
  runContext,
  standardOutput,
} from "@multiarch/github";

/** What every action starts from. */
export interface Session {
  readonly env: NodeJS.ProcessEnv;
  readonly log: ActionsLog;
  readonly context: RunContext;
  readonly temporaryFolder: string;
  /** Names of this call's artifacts differ from those of any other call by this. */
  readonly nonce: string;
}

export function openSession(env: NodeJS.ProcessEnv = process.env): Session {
  const context = runContext(env);
  let nonce: string | undefined;
  return {
    env,
    log: actionsLog(env, standardOutput),
    context,
    temporaryFolder: context.temp ?? tmpdir(),
    // When it is wanted: Node's cryptography takes longer to load than most of what comes before.
    get nonce() {
      nonce ??= randomBytes(6).toString("hex");
      return nonce;
    },
  };
}
