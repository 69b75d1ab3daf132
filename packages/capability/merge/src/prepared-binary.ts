import { type Deflated, deflateFile } from "@multiarch/archive";
import type { ExaminedFile } from "./examine.ts";

/** One executable or addon, compressed once: the same compressed bytes go into wheel, npm package and archive. */
export interface PreparedBinary extends ExaminedFile {
  readonly deflated: Deflated;
}

/** Two at a time: compression uses every core by itself, and each file in flight costs memory. */
export async function deflateAll(
  files: readonly ExaminedFile[],
  temporaryFolder: string,
): Promise<PreparedBinary[]> {
  const known = new Map<string, Promise<Deflated>>();
  const prepared: PreparedBinary[] = [];
  const queue = [...files.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, file] = next;
      const pending = known.get(file.sha256) ?? deflateFile(file.path, temporaryFolder);
      known.set(file.sha256, pending);
      prepared[index] = { ...file, deflated: await pending };
    }
  };
  // Both must have ended before the caller may remove the folder that they write to.
  const outcomes = await Promise.allSettled([worker(), worker()]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return prepared;
}
