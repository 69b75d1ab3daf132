import { type Log, UserError } from "@multiarch/diagnostics";
import { type Environment, requireService } from "./actions/access.ts";
import { shown } from "./names.ts";
import type { Transport } from "./types.ts";

const variable = "MULTIARCH_TRANSPORT";

/**
 * The transport that `MULTIARCH_TRANSPORT` names: `directory:PATH`, relative to the current folder; without it the
 * artifact service.
 * @throws UserError MA546, MA550
 */
export async function chooseTransport(env: Environment, log: Log): Promise<Transport> {
  const text = env[variable] ?? "";
  if (text === "" || text === "actions") {
    requireService(env);
    const { actionsTransport } = await import("./actions/transport.ts");
    return actionsTransport(env, log);
  }
  const path = /^directory:(.+)$/s.exec(text)?.[1];
  if (path === undefined || path.includes("\0")) {
    throw new UserError("MA550", {
      what: `${variable} cannot be understood`,
      expected: "directory:PATH, or nothing for the artifact service",
      found: shown(text),
    });
  }
  const { directoryTransport } = await import("./directory.ts");
  return directoryTransport(path, log);
}
