import { lstat } from "node:fs/promises";
import { basename, isAbsolute } from "node:path";
import { findExecutable } from "@multiarch/process";
import { call } from "./command.ts";
import { type Lease, leaseIdShape, readLease } from "./lease.ts";
import { giveBack, type Remover } from "./remove.ts";

/** What a post step is told of its main: as text, because the runner keeps texts. */
export interface Kept {
  readonly id: string;
  readonly jobs: string;
}

/** Null for anything that main did not write: a child of an earlier step can have set it by a line of output. */
export function readKept(text: string | null): Kept | null {
  if (text === null || text.length > 8192) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { id, jobs } = value as Partial<Record<keyof Kept, unknown>>;
  if (typeof id !== "string" || !leaseIdShape.test(id)) return null;
  if (typeof jobs !== "string" || !isAbsolute(jobs) || basename(jobs) !== "multiarch") return null;
  return { id, jobs };
}

/**
 * What a post step does: removes the builder if its main made it, and everything else that main noted. Never fails: what cannot be given back
 * is said, and left for a later job to sweep.
 * @param kept what main kept, or null
 */
export async function cleanUpBuildx(
  kept: string | null,
  remover: Remover,
  debug: boolean,
): Promise<void> {
  const { log } = remover;
  if (kept === null || kept === "") return;
  const read = readKept(kept);
  if (read === null || !(await isOwn(read.jobs))) {
    log.warning("what the main step kept cannot be read: nothing is removed");
    return;
  }
  const lease = await readLease(read.jobs, read.id);
  if (lease === null) {
    log.info("nothing is left to clean up");
    return;
  }
  try {
    if (debug) await showLogs(lease, remover);
    await giveBack(read.jobs, lease, lease.buildx, remover);
  } catch (error) {
    log.warning(
      `the builder could not be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Nobody else's folder is obeyed. */
async function isOwn(folder: string): Promise<boolean> {
  try {
    const { uid } = await lstat(folder);
    const own = process.getuid?.();
    return own === undefined || uid === own;
  } catch (error) {
    if (Reflect.get(Object(error), "code") === "ENOENT") return false;
    throw error;
  }
}

async function showLogs({ containers }: Lease, { env, log }: Remover): Promise<void> {
  const docker = await findExecutable("docker", env);
  if (docker === null) return;
  for (const container of containers) {
    await log.group(`Log of ${container}`, async () => {
      await call(docker, ["logs", container], { env, log }, { shown: true, timeoutMs: 10_000 });
    });
  }
}
