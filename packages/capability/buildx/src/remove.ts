import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { findExecutable } from "@multiarch/process";
import { leaveArguments, removeArguments } from "./arguments.ts";
import { inspectBuilder } from "./builder.ts";
import { call, hintFor, succeeded } from "./command.ts";
import { hasEnded } from "./job.ts";
import { allLeases, keptFolder, type Lease, removeLease, writeLease } from "./lease.ts";
import type { Surroundings } from "./types.ts";

const limitMs = 45_000;

/** What removal needs of its surroundings: little, so that a post step starts fast. */
export type Remover = Pick<Surroundings, "env" | "log" | "proc" | "now">;

/**
 * Gives back what a lease says: nodes that were added to somebody else's builder, the builder when it is ours and no living job uses it,
 * the docker context, and the job's folder with its keys.
 * @returns false when something could not be given back; the lease then stays for a later job
 */
export async function giveBack(
  jobs: string,
  lease: Lease,
  buildx: string,
  remover: Remover,
): Promise<boolean> {
  // The builders of that lease are beside its folder, whatever the variables say now.
  const extra = { BUILDX_CONFIG: dirname(jobs), DOCKER_CONFIG: lease.dockerFolder };
  const done =
    (await leaveNodes(lease, buildx, extra, remover)) &&
    (await removeBuilder(jobs, lease, buildx, extra, remover)) &&
    (await removeContext(lease, extra, remover));
  if (done) {
    // Only of a job that was killed while it made a builder to stay: else such a lease is gone by now.
    await rm(keptFolder(jobs, lease.id), { recursive: true, force: true });
    await removeLease(jobs, lease.id);
  }
  return done;
}

type Extra = Readonly<Record<string, string>>;

async function leaveNodes(
  { builder, created, nodes }: Lease,
  buildx: string,
  extra: Extra,
  { env, log }: Remover,
): Promise<boolean> {
  if (builder === null || created) return true;
  for (const node of nodes) {
    const options = { extra, timeoutMs: limitMs };
    const result = await call(buildx, leaveArguments(builder, node), { env, log }, options);
    if (succeeded(result)) log.info(`the node ${node} was taken off ${builder}`);
    else if (!/not found|no builder|failed to find/.test(result.stderr))
      return warn(log, `the node ${node} stays`, result.stderr);
  }
  return true;
}

async function removeBuilder(
  jobs: string,
  { id, builder, created, keepState }: Lease,
  buildx: string,
  extra: Extra,
  remover: Remover,
): Promise<boolean> {
  const { env, log, now } = remover;
  if (builder === null || !created) return true;
  const other = (await allLeases(jobs, now)).find(
    (one) => one.id !== id && one.builder === builder && !hasEnded(one.job, remover),
  );
  if (other !== undefined) {
    // Whoever uses it last removes it.
    await writeLease(jobs, { ...other, created: true });
    log.info(`the builder ${builder} is still used by another job, which will remove it`);
    return true;
  }
  const options = { extra, timeoutMs: limitMs };
  const found = await inspectBuilder({ path: buildx }, builder, { env, log }, options);
  if (found === null) return true;
  const result = await call(buildx, removeArguments(builder, keepState), { env, log }, options);
  if (succeeded(result)) {
    log.info(`the builder ${builder} was removed${keepState ? ", its state kept" : ""}`);
    return true;
  }
  return warn(log, `the builder ${builder} stays`, result.stderr);
}

async function removeContext(
  { context }: Lease,
  extra: Extra,
  { env, log }: Remover,
): Promise<boolean> {
  const docker = context === null ? null : await findExecutable("docker", env);
  if (context === null || docker === null) return true;
  const options = { extra, timeoutMs: limitMs };
  const result = await call(docker, ["context", "rm", "--force", context], { env, log }, options);
  return succeeded(result) || warn(log, `the docker context ${context} stays`, result.stderr);
}

function warn(log: Surroundings["log"], what: string, said: string): false {
  const hint = hintFor(said);
  log.warning(`${what}: ${said.trim()}${hint === null ? "" : `; ${hint}`}`);
  return false;
}
