import { type ByteSource, readFacts, sniff } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { Damage } from "./types.ts";

/** As many first bytes as tell every format. */
export const sniffedBytes = 72;

const nativeFormats: readonly string[] = ["elf", "macho", "pe", "wasm"];

/** Whether a file begins like a native one. */
export function seemsNative(firstBytes: Uint8Array): boolean {
  return nativeFormats.includes(sniff(firstBytes));
}

/** Facts, or why there are none: `damage` for a native file, `found` (a phrase) for what is none. */
export interface NativeReading {
  readonly facts: Facts | null;
  readonly damage: Damage | null;
  readonly found: string;
}

/** Reads a file of any kind as a native one. `where` is for messages. */
export async function readNative(source: ByteSource, where: string): Promise<NativeReading> {
  try {
    return { facts: await readFacts(source, where), damage: null, found: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { id, details } = error;
    const found = details.found ?? details.what;
    if (id === "MA601") return { facts: null, damage: null, found };
    const text = details.found === undefined ? details.what : `${details.what} (${details.found})`;
    return { facts: null, damage: { id, text }, found: "a damaged native file" };
  }
}
