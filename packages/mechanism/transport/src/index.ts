import { InternalError, type Log } from "@multiarch/diagnostics";
import type { Transport } from "./types.ts";

export type * from "./types.ts";

const soon = (): never => {
  throw new InternalError("not written yet");
};
export function directoryTransport(_root: string, _log: Log): Transport {
  return soon();
}
export async function actionsTransport(
  _env: Readonly<Record<string, string | undefined>>,
  _log: Log,
): Promise<Transport> {
  return soon();
}
export async function chooseTransport(
  _env: Readonly<Record<string, string | undefined>>,
  _log: Log,
): Promise<Transport> {
  return soon();
}
