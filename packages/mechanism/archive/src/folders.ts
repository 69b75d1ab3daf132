import { rmSync } from "node:fs";
import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { onStop } from "@multiarch/process";
import { errorCode, explainWriteError } from "./errors.ts";
import { hiddenSibling, hostMark, parseHiddenName } from "./hidden-names.ts";
import { renamePatiently } from "./rename.ts";

/** Leftovers of other machines on a shared disk are removed after a day: whether their makers live cannot be seen. */
const foreignAge = 24 * 60 * 60 * 1000;

/**
 * Makes an empty folder next to `final`, to be filled and then given to `replaceFolder`. Parents of `final` are made.
 * Its name is one that `cleanStale` knows. Throws `UserError` MA411.
 */
export async function stageBeside(final: string): Promise<string> {
  const staged = hiddenSibling(resolve(final), "new");
  try {
    await mkdir(dirname(staged), { recursive: true });
    await mkdir(staged);
  } catch (error) {
    throw await explainWriteError(error, dirname(staged));
  }
  return staged;
}

/**
 * Works in a folder of `stageBeside`, which is gone afterwards: when the work has ended in whatever way, and when our process
 * is told to stop meanwhile. What is to stay is renamed away before. Throws `UserError` MA411, and whatever `work` throws.
 */
export async function withStaged<Result>(
  final: string,
  work: (staged: string) => Promise<Result>,
): Promise<Result> {
  const staged = await stageBeside(final);
  const remaining = { recursive: true, force: true, maxRetries: 5 };
  const takeBack = onStop(() => rmSync(staged, remaining));
  try {
    return await work(staged);
  } finally {
    await rm(staged, remaining);
    takeBack();
  }
}

/**
 * Puts the folder `staged` in the place of `final` (both on one file system). A kill at any moment leaves at `final` the
 * whole old folder, nothing, or the whole new one. On an error before the new one is in place, the old one is back.
 * Throws `UserError` MA412 when `final` is no folder, MA411 when the place refuses, also when the old folder cannot be removed; then the new one is in place.
 */
export async function replaceFolder(staged: string, final: string): Promise<void> {
  const place = resolve(final);
  const old = hiddenSibling(place, "old");
  try {
    const replaced = await moveAway(place, old);
    try {
      await renamePatiently(resolve(staged), place);
    } catch (error) {
      if (replaced) await renamePatiently(old, place);
      throw error;
    }
    if (replaced) await rm(old, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    throw await explainWriteError(error, dirname(place));
  }
}

/** Renames the folder at `place`; `false` when nothing is there. What is no folder was not made by us. */
async function moveAway(place: string, old: string): Promise<boolean> {
  try {
    if (!(await lstat(place)).isDirectory()) {
      throw new UserError("MA412", {
        what: "there is no folder but a file or a link",
        where: place,
      });
    }
    await renamePatiently(place, old);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/**
 * Removes what killed runs left in `parent`: hidden siblings whose process is gone or, where another machine made them,
 * that are over a day old. Nothing else is touched. Returns the removed names.
 */
export async function cleanStale(
  parent: string,
  options: { now?: () => number } = {},
): Promise<string[]> {
  const now = options.now ?? Date.now;
  const removed: string[] = [];
  for (const name of await namesIn(parent)) {
    const maker = parseHiddenName(name);
    if (maker === null) continue;
    const path = join(parent, name);
    const stale =
      maker.host === hostMark() ? !isAlive(maker.process) : await isOlder(path, now() - foreignAge);
    if (!stale) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    removed.push(name);
  }
  return removed.sort();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** By change time, which a rename sets too: a folder can have been moved aside long after it was filled. */
async function isOlder(path: string, time: number): Promise<boolean> {
  try {
    return (await lstat(path)).ctimeMs < time;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === "ESRCH") return false;
    // EPERM: it lives, as another user's.
    if (errorCode(error) === "EPERM") return true;
    throw error;
  }
}

/** Whether the file system said that there is no such file. */
export function isAbsent(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}
