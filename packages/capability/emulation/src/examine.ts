import { open, realpath } from "node:fs/promises";
import { UserError } from "@multiarch/diagnostics";
import { runProcess } from "@multiarch/process";
import { options } from "./privilege.ts";
import type { Prober } from "./probe.ts";
import type { Emulator, Guest, Surroundings } from "./types.ts";

/** What a file must be to be registered, found out by reading and by executing it. */
export type Examined =
  | { readonly emulator: Emulator; readonly why: null }
  | { readonly emulator: null; readonly why: string };

/**
 * Whether a file is an emulator for a guest that works in containers too: static (its loader would be looked for in the container),
 * and it executes the guest's program here. Nothing is registered for this.
 */
export async function examine(
  path: string,
  guest: Guest,
  { prober, surroundings }: { readonly prober: Prober; readonly surroundings: Surroundings },
  origin: { readonly source: string; readonly sha256: string | null },
): Promise<Examined> {
  const file = await realpath(path);
  const shape = await shapeOf(file);
  if (shape !== null) return { emulator: null, why: `${file} ${shape}` };
  const why = await prober.through(file, guest);
  if (why !== null) {
    return { emulator: null, why: `${file} does not run a program for ${guest.arch}: ${why}` };
  }
  const version = await versionOf(file, surroundings);
  if (version === null) return { emulator: null, why: `${file} does not tell its version` };
  return { emulator: { guest, path: file, version, ...origin }, why: null };
}

async function shapeOf(file: string): Promise<string | null> {
  const { readFacts } = await import("@multiarch/binary");
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    const { format, interp } = await readFacts({ size, read }, file);
    if (format !== "elf") return "is no program for Linux";
    return interp === null ? null : `needs the loader ${interp}, which no container has`;
  } catch (error) {
    if (error instanceof UserError) return `is no program: ${error.details.what}`;
    throw error;
  } finally {
    await handle.close();
  }
}

/** What an emulator says of itself; null where it cannot be started or says nothing. */
export async function versionOf(file: string, surroundings: Surroundings): Promise<string | null> {
  try {
    const { code, stdout } = await runProcess(file, ["--version"], options(surroundings));
    return code === 0 ? (/\bversion (\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? null) : null;
  } catch (error) {
    // The kernel keeps an emulator that was removed since, which can be started no more.
    if (error instanceof UserError) return null;
    throw error;
  }
}
