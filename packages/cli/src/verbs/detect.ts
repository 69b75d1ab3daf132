import { detectHost } from "@multiarch/host";
import { type CommandIo, exitCodes } from "../io.ts";

/** What this machine truly is. */
export async function detectVerb(options: { json?: boolean }, io: CommandIo): Promise<number> {
  const host = await detectHost(io.env);
  if (options.json === true) {
    io.print(`${JSON.stringify(host, null, 2)}\n`);
    return exitCodes.done;
  }
  for (const [name, value] of Object.entries(host)) {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value ?? "unknown");
    io.print(`${name.padEnd(16)} ${text}\n`);
  }
  return exitCodes.done;
}
