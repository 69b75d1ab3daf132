import { readdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { examine } from "../examine.ts";
import { errorCode } from "../files.ts";
import type { Emulator, Guest } from "../types.ts";
import type { Fetched, Search, Source } from "./types.ts";

/** Where distributions put emulators, for jobs whose PATH is their own. */
const usualFolders = ["/usr/local/bin", "/usr/bin"];

/** What the machine has already: its own administrator put it there. */
export const installed: Source = {
  name: "installed",
  version: null,
  pin: null,
  demanded: false,
  fetch: (guests, search) => {
    const path = (search.surroundings.env.PATH ?? "").split(":").filter((one) => isAbsolute(one));
    return fromFolders([...new Set([...path, ...usualFolders])], guests, search, "installed");
  },
};

/** The first file in each guest's names that is an emulator. The name with `-static` is Debian's for one without libraries. */
export async function fromFolders(
  folders: readonly string[],
  guests: readonly Guest[],
  search: Search,
  source: string,
): Promise<Fetched> {
  // Listed once: asking each folder for two dozen names that are not there takes milliseconds.
  const present = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      if (name.startsWith("qemu-") && !present.has(name)) present.set(name, join(folder, name));
    }
  }
  const why: string[] = [];
  const found = await Promise.all(
    guests.map(async (guest): Promise<Emulator | null> => {
      for (const name of [`${guest.qemu}-static`, guest.qemu]) {
        const path = present.get(name);
        if (path === undefined) continue;
        const examined = await examine(path, guest, search, { source, sha256: null });
        if (examined.emulator !== null) return examined.emulator;
        why.push(examined.why);
      }
      return null;
    }),
  );
  return { emulators: found.filter((emulator) => emulator !== null), why };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(error) ?? "")) return [];
    throw error;
  }
}
