import { tmpdir } from "node:os";
import { detectHost, proveExecution, withProofs } from "@multiarch/host";
import { type CommandIo, exitCodes } from "../io.ts";

/** What this machine truly is. */
export async function detectVerb(options: { json?: boolean }, io: CommandIo): Promise<number> {
  const facts = await detectHost(io.env);
  const executes = await proveExecution(facts, tmpdir());
  const host = withProofs(facts, executes);
  if (options.json === true) {
    io.print(`${JSON.stringify(host, null, 2)}\n`);
    return exitCodes.done;
  }
  const lines = { ...host, executes: executes.map(({ arch, how }) => `${arch} (${how})`) };
  for (const [name, value] of Object.entries(lines)) {
    io.print(`${name.padEnd(16)} ${shown(value)}\n`);
  }
  return exitCodes.done;
}

/** A dash is what is unknown or does not exist here. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ") || "–";
  if (typeof value !== "object") return String(value);
  const pairs = Object.entries(value ?? {}).map(([name, place]) => `${name} ${place}`);
  return pairs.join(", ") || "–";
}
