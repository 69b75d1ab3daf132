import { type Log, UserError } from "@multiarch/diagnostics";
import { type Environment, requireService } from "./actions/access.ts";
import type { ActionsTransportOptions } from "./actions/limits.ts";
import { directoryTransport } from "./directory.ts";
import { shown } from "./names.ts";
import type { Transport } from "./types.ts";

export { directoryTransport };

const variable = "MULTIARCH_TRANSPORT";

/**
 * Exchanges files through GitHub's artifact service. `env` is the action's environment, with the runner's token.
 * @throws UserError MA546 where there is no such service
 */
export async function actionsTransport(
  env: Environment,
  log: Log,
  options: ActionsTransportOptions = {},
): Promise<Transport> {
  requireService(env);
  // Most steps that ask for a transport have a folder for it, and none of the network.
  const { serviceTransport } = await import("./actions/transport.ts");
  return serviceTransport(env, log, options);
}

/**
 * The transport that `MULTIARCH_TRANSPORT` names: `directory:PATH`, relative to the current folder; without it the
 * artifact service.
 * @throws UserError MA546, MA550
 */
export async function chooseTransport(env: Environment, log: Log): Promise<Transport> {
  const text = env[variable] ?? "";
  if (text === "" || text === "actions") return actionsTransport(env, log);
  const path = /^directory:(.+)$/s.exec(text)?.[1];
  if (path === undefined || path.includes("\0")) {
    throw new UserError("MA550", {
      what: `${variable} cannot be understood`,
      expected: "directory:PATH, or nothing for the artifact service",
      found: shown(text),
    });
  }
  return directoryTransport(path, log);
}
