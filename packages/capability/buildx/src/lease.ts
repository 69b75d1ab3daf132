import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { writeFileAtomic } from "@multiarch/archive";
import type { JobMark } from "./job.ts";

/** What a job has taken, so that its post step, or a later job, can give it back. Written before anything is made. */
export interface Lease {
  readonly schema: "multiarch.buildx/1";
  /** 16 hex digits; also the name of its folder. */
  readonly id: string;
  readonly job: JobMark;
  /** Full path of buildx. */
  readonly buildx: string;
  /** Lower case, as buildx keeps it; null while none is chosen, and for the driver docker. */
  readonly builder: string | null;
  /** Whether this job made the builder: only then may it be removed. */
  readonly created: boolean;
  /** Nodes that were added to a builder of somebody else. */
  readonly nodes: readonly string[];
  readonly keepState: boolean;
  /** A docker context of ours. */
  readonly context: string | null;
  /** False: everything stays. */
  readonly cleanup: boolean;
  /** Containers of BuildKit whose log the post step shows. */
  readonly containers: readonly string[];
  /** docker's settings at the time, where contexts are. */
  readonly dockerFolder: string;
}

export const leaseIdShape = /^[0-9a-f]{16}$/;
export const builderShape = /^[a-zA-Z][a-zA-Z0-9\-._]*$/;
const file = "lease.json";

/** A new folder of a job, readable by its user only. */
export async function newLeaseFolder(jobs: string): Promise<{ id: string; folder: string }> {
  await mkdir(jobs, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString("hex");
  const folder = join(jobs, id);
  await mkdir(folder, { mode: 0o700 });
  return { id, folder };
}

export async function writeLease(jobs: string, lease: Lease): Promise<void> {
  await writeFileAtomic(join(jobs, lease.id, file), Buffer.from(JSON.stringify(lease)), 0o600);
}

/** The lease of an id; null when there is none, or when what is there is not as we write it. */
export async function readLease(jobs: string, id: string): Promise<Lease | null> {
  if (!leaseIdShape.test(id)) return null;
  try {
    const folder = await lstat(join(jobs, id));
    if (!folder.isDirectory()) return null;
    return parseLease(await readFile(join(jobs, id, file), "utf8"), id);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(Reflect.get(Object(error), "code"))) return null;
    throw error;
  }
}

/** Every value is checked before it is obeyed: a file in a user's folder can be written by anything that ran as this user. */
export function parseLease(text: string, id: string): Lease | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off by a full disk: as good as absent.
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const lease = value as Readonly<Partial<Record<keyof Lease, unknown>>>;
  const valid =
    lease.schema === "multiarch.buildx/1" &&
    lease.id === id &&
    isJob(lease.job) &&
    isPath(lease.buildx) &&
    /(?:^|[\\/])(?:docker-)?buildx(?:\.exe)?$/.test(lease.buildx) &&
    (lease.builder === null || isName(lease.builder)) &&
    typeof lease.created === "boolean" &&
    areNames(lease.nodes) &&
    typeof lease.keepState === "boolean" &&
    (lease.context === null || lease.context === contextName(id)) &&
    typeof lease.cleanup === "boolean" &&
    areNames(lease.containers) &&
    isPath(lease.dockerFolder);
  return valid ? (value as Lease) : null;
}

/** The name of the docker context that a lease may own: no other is ever removed. */
export function contextName(id: string): string {
  return `multiarch-${id}`;
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && value.length < 4096 && isAbsolute(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= 256 && builderShape.test(value);
}

function areNames(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 256 && value.every(isName);
}

function isJob(value: unknown): value is JobMark {
  if (typeof value !== "object" || value === null) return false;
  const { pid, start, boot, namespace, since } = value as Partial<Record<keyof JobMark, unknown>>;
  return (
    Number.isInteger(pid) &&
    [start, boot, namespace].every((one) => typeof one === "string") &&
    typeof since === "number"
  );
}

/** All leases beside each other; folders of jobs that were killed before they wrote one are cleared away after an hour. */
export async function allLeases(jobs: string, now: () => number): Promise<Lease[]> {
  const leases: Lease[] = [];
  for (const id of await idsIn(jobs)) {
    const lease = await readLease(jobs, id);
    if (lease !== null) leases.push(lease);
    else await clearEmpty(join(jobs, id), now);
  }
  return leases;
}

async function idsIn(jobs: string): Promise<string[]> {
  try {
    return (await readdir(jobs)).filter((name) => leaseIdShape.test(name)).sort();
  } catch (error) {
    if (Reflect.get(Object(error), "code") === "ENOENT") return [];
    throw error;
  }
}

async function clearEmpty(folder: string, now: () => number): Promise<void> {
  try {
    const names = await readdir(folder);
    const old = now() - (await stat(folder)).mtimeMs > 3_600_000;
    // A lease that cannot be read may be another version's of ours: what it holds is not known, and it stays.
    if (old && !names.includes(file)) await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes(Reflect.get(Object(error), "code"))) throw error;
  }
}

/** Where certificates of a builder lie that is to stay when its job has ended. */
export function keptFolder(jobs: string, id: string): string {
  return join(jobs, `kept-${id}`);
}

export async function removeLease(jobs: string, id: string): Promise<void> {
  await rm(join(jobs, id), { recursive: true, force: true });
}
