import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";

/** Which of the candidates, relative to a folder, are there and of the wanted kind: full paths, in their order. */
export async function existing(
  folder: string,
  candidates: Iterable<string>,
  wanted: (state: Stats) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const candidate of candidates) {
    const path = join(folder, candidate);
    const state = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
      throw error;
    });
    if (state !== null && wanted(state)) found.push(path);
  }
  return found;
}
