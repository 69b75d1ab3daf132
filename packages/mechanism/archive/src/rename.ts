import { rename } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { errorCode } from "./errors.ts";

interface Effects {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** Codes that Windows gives while a virus scanner or indexer holds a file that was just written. */
const busyCodes: readonly (string | null)[] = ["EPERM", "EACCES", "EBUSY"];
/** Together five seconds: scanners need about one. */
const pauses = [10, 20, 50, 100, 200, 400, 800, 1600, 1820];

/** Renames; on Windows with patience for scanners, which hold fresh executables open for a moment. */
export async function renamePatiently(
  from: string,
  to: string,
  effects: Effects = { platform: process.platform, rename, wait },
): Promise<void> {
  const remaining = effects.platform === "win32" ? [...pauses] : [];
  for (;;) {
    try {
      return await effects.rename(from, to);
    } catch (error) {
      const pause = remaining.shift();
      if (pause === undefined || !busyCodes.includes(errorCode(error))) throw error;
      await effects.wait(pause);
    }
  }
}
