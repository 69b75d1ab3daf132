import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Release } from "@multiarch/contracts";
import type { StoredItem, Transport } from "@multiarch/transport";

export interface StoredRelease {
  readonly npm: StoredItem | null;
  readonly wheels: StoredItem | null;
  readonly archives: StoredItem | null;
  /** `release.json` and `plan.json`. */
  readonly release: StoredItem;
}

/** Uploads a release split by kind, so that other actions can take a part by its name. */
export async function storeRelease(
  output: string,
  { packages }: Release,
  transport: Transport,
  temporaryFolder: string,
  attempt: number,
): Promise<StoredRelease> {
  const part = async (name: string): Promise<StoredItem | null> => {
    if (!packages.some(({ file }) => file.startsWith(`${name}/`))) return null;
    return put(transport, `multiarch-${name}`, join(output, name), attempt);
  };
  const folder = await mkdtemp(join(temporaryFolder, "multiarch-release-"));
  try {
    await mkdir(folder, { recursive: true });
    for (const name of ["plan.json", "release.json"]) {
      await cp(join(output, name), join(folder, name));
    }
    return {
      npm: await part("npm"),
      wheels: await part("wheels"),
      archives: await part("archives"),
      release: await put(transport, "multiarch-release", folder, attempt),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A re-run finds the names of earlier attempts taken, so from the second attempt on a name carries its number. */
function put(
  transport: Transport,
  name: string,
  folder: string,
  attempt: number,
): Promise<StoredItem> {
  let extra = 0;
  const base = attempt === 1 ? name : `${name}-${attempt}`;
  return transport.put(base, folder, { nextName: () => `${base}.${++extra}` });
}
