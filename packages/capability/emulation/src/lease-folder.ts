import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { errorCode } from "./files.ts";
import { type Lease, leaseIdShape, parseLease } from "./lease.ts";
import { asRoot, type Privilege } from "./privilege.ts";
import type { Surroundings } from "./types.ts";

/** What lies in the folder. Read and changed only under the lock. */
export interface Leases {
  readonly known: readonly Lease[];
  /** Files that another version of ours may have written: what they hold is not known, so nothing may be removed while they are there. */
  readonly unreadable: readonly string[];
}

/** The folder of the machine: in memory, so that it is empty after a start as the kernel's table is. */
const machineFolder = "/run/multiarch-emulation";

/**
 * Where the leases of this machine are. The machine's own folder is made when it can be, by `sudo` too; jobs that may write neither
 * (a user namespace of one's own) have their table for themselves, and their leases in the tool cache.
 * A folder of that name which another user owns is not used.
 */
export async function leaseFolder(
  surroundings: Surroundings,
  privilege: Privilege | null,
): Promise<string> {
  const { leaseFolder: given, toolCache, userId } = surroundings;
  if (given === undefined && (await usable(machineFolder, userId))) return machineFolder;
  if (given === undefined && privilege !== null) {
    // Anyone's jobs keep their leases here, and nobody may take away another's: the mode of /tmp.
    const made = await asRoot(privilege, surroundings, ["mkdir", "-m", "1777", machineFolder]);
    if (made.code === 0 || (await usable(machineFolder, userId))) return machineFolder;
  }
  const own = given ?? join(toolCache, "emulation-leases");
  await mkdir(own, { recursive: true, mode: 0o700 });
  return own;
}

async function usable(folder: string, userId: number | null): Promise<boolean> {
  try {
    const { mode, uid } = await lstat(folder);
    if ((mode & constants.S_IFMT) !== constants.S_IFDIR) return false;
    return uid === userId || (uid === 0 && (mode & 0o1777) === 0o1777);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

export async function readLeases(folder: string): Promise<Leases> {
  const known: Lease[] = [];
  const unreadable: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const id = /^(.+)\.json$/.exec(name)?.[1];
    if (id === undefined || !leaseIdShape.test(id)) {
      // Nobody else is writing now: whoever wrote this was killed at it.
      if (name.endsWith(".part")) await rm(join(folder, name), { force: true });
      continue;
    }
    const lease = parseLease(await readFile(join(folder, name), "utf8"));
    if (lease?.id === id) known.push(lease);
    else unreadable.push(name);
  }
  return { known, unreadable };
}

/** @throws UserError MA465 when the folder refuses, a full disk included */
export async function writeLease(folder: string, lease: Lease): Promise<void> {
  const path = join(folder, `${lease.id}.json`);
  const part = `${path}.part`;
  try {
    await rm(part, { force: true });
    const file = await open(part, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o644);
    try {
      await file.writeFile(JSON.stringify(lease));
    } finally {
      await file.close();
    }
    // Other users' jobs must be able to read it, whatever the umask.
    await chmod(part, 0o644);
    await rename(part, path);
  } catch (cause) {
    throw new UserError("MA465", {
      what: "the lease for emulators cannot be written",
      found: errorCode(cause) ?? String(cause),
      where: path,
      cause,
    });
  }
}

export async function removeLease(
  folder: string,
  id: string,
  surroundings: Surroundings,
  privilege: Privilege | null,
): Promise<void> {
  const path = join(folder, `${id}.json`);
  try {
    await rm(path, { force: true });
  } catch (error) {
    // Another user's, in a folder where one removes only one's own.
    if (!["EPERM", "EACCES"].includes(errorCode(error) ?? "") || privilege === null) throw error;
    await asRoot(privilege, surroundings, ["rm", "-f", "--", path]);
  }
}
