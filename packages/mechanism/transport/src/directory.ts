import { lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cleanStale, stageBeside } from "@multiarch/archive";
import { type Log, nearest, UserError } from "@multiarch/diagnostics";
import {
  type FolderFile,
  type ListedFile,
  listingDigest,
  readFolderFile,
  refuseChanges,
  scanFolder,
  totalSize,
} from "./inventory.ts";
import { checkArtifactName, NameSupply, shown } from "./names.ts";
import { codeOf } from "./shapes.ts";
import type { ItemReference, StoredItem, Transport } from "./types.ts";

/**
 * Exchanges files through a folder: `root/<artifact name>/<file>`. An artifact appears whole or not at all and is never
 * changed afterwards, also when several processes put the same name at once. Its digest is that of its listing.
 */
export function directoryTransport(root: string, log: Log): Transport {
  const place = resolve(root);
  return {
    kind: "directory",
    put: async (name, folder, options = {}) =>
      put(place, new NameSupply(name, options), folder, log),
    list: (prefix) => list(place, prefix),
    get: (item, destination) => get(place, item, destination),
  };
}

async function put(root: string, names: NameSupply, folder: string, log: Log): Promise<StoredItem> {
  await makeRoot(root);
  for (const left of await cleanStale(root)) log.debug(`removed ${left}, left by a killed run`);
  const before = await scanFolder(folder);
  const staged = await stageBeside(join(root, names.current));
  try {
    const files = await copyFiles(before, staged);
    refuseChanges(before, await scanFolder(folder), folder);
    const sent = listingDigest(files);
    while (!(await renameUnlessTaken(staged, join(root, names.current)))) {
      const name = names.current;
      const present = await listingOf(join(root, name));
      if (listingDigest(present) === sent) {
        log.info(`artifact ${name} is there already, with the same files`);
        break;
      }
      if (!names.advance()) throw taken(name, root, files.length, present.length);
      log.warning(`artifact ${name} exists with other files: trying ${names.current}`);
    }
    await flushFolder(root);
  } finally {
    await rm(staged, { recursive: true, force: true, maxRetries: 5 });
  }
  return describe(root, names.current);
}

async function list(root: string, prefix: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for (const name of (await namesIn(root)).sort()) {
    // A leading dot marks what is still being written.
    if (name.startsWith(".") || !name.startsWith(prefix)) continue;
    checkArtifactName(name);
    items.push(await describe(root, name));
  }
  return items;
}

async function get(root: string, item: ItemReference, destination: string): Promise<string[]> {
  const { reference, digest = null } = item;
  checkArtifactName(reference);
  await refuseExisting(destination);
  const source = join(root, reference);
  if (!(await exists(source))) throw await missing(root, item);
  await requireFolder(source);
  const staged = await stageBeside(destination);
  try {
    const files = await copyFiles(await scanFolder(source), staged);
    const found = listingDigest(files);
    if (digest !== null && digest !== found) {
      throw new UserError("MA543", {
        what: `artifact ${reference} has changed`,
        where: source,
        expected: `files that hash to ${digest}`,
        found,
      });
    }
    if (!(await renameUnlessTaken(staged, resolve(destination)))) await refuseExisting(destination);
    return files.map(({ name }) => name);
  } finally {
    await rm(staged, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function makeRoot(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw unusable(root, error);
  }
}

function unusable(where: string, error: unknown): UserError {
  return new UserError("MA550", {
    what: "the folder for the exchange of artifacts cannot be used",
    where,
    expected: "a folder, or a path where one can be made",
    found: codeOf(error),
    cause: error,
  });
}

async function copyFiles(files: readonly FolderFile[], folder: string): Promise<ListedFile[]> {
  const copied: ListedFile[] = [];
  for (const file of files) {
    const target = join(folder, file.name);
    await mkdir(dirname(target), { recursive: true });
    copied.push(await readFolderFile(file, target));
  }
  return copied;
}

async function describe(root: string, name: string): Promise<StoredItem> {
  const folder = join(root, name);
  await requireFolder(folder);
  const files = await listingOf(folder);
  const { mtime } = await lstat(folder);
  return {
    name,
    reference: name,
    digest: listingDigest(files),
    size: totalSize(files),
    createdAt: mtime.toISOString(),
  };
}

async function listingOf(folder: string): Promise<ListedFile[]> {
  const listing: ListedFile[] = [];
  for (const file of await scanFolder(folder)) listing.push(await readFolderFile(file));
  return listing;
}

/** Renames a folder to a name that nothing has yet; `false` when something has it. */
async function renameUnlessTaken(staged: string, final: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(staged, final);
      return true;
    } catch (error) {
      if (await exists(final)) return false;
      // A virus scanner on Windows holds files for a moment after they were written.
      const busy = ["EPERM", "EACCES", "EBUSY"].includes(codeOf(error));
      if (!busy || process.platform !== "win32" || attempt === 10) throw error;
      await pause(attempt * 50);
    }
  }
}

async function requireFolder(path: string): Promise<void> {
  if ((await lstat(path)).isDirectory()) return;
  throw new UserError("MA544", {
    what: "an artifact is not a plain folder",
    where: path,
    expected: "a folder that holds the artifact's files",
    found: "a file or a link",
  });
}

async function refuseExisting(destination: string): Promise<void> {
  if (!(await exists(destination))) return;
  throw new UserError("MA412", { what: "the destination exists already", where: destination });
}

async function missing(root: string, { reference }: ItemReference): Promise<UserError> {
  const names = (await namesIn(root)).filter((name) => !name.startsWith("."));
  const close = nearest(reference, names);
  return new UserError("MA542", {
    what: `there is no artifact ${shown(reference)}`,
    where: root,
    found: `${names.length} others${close === undefined ? "" : `, the nearest is ${shown(close)}`}`,
    fix: "set MULTIARCH_TRANSPORT to the same folder in every job, and look whether the earlier job ran",
  });
}

function taken(name: string, where: string, ours: number, theirs: number): UserError {
  return new UserError("MA541", {
    what: `an artifact ${shown(name)} exists with other files`,
    where,
    expected: `the same ${ours} files, or a name of its own`,
    found: `${theirs} files that differ`,
  });
}

/** So that the new name survives a power cut. Windows cannot flush a folder. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unusable(folder, error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
