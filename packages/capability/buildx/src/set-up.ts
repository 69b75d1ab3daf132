import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { findExecutable } from "@multiarch/process";
import { inspectBuilder } from "./builder.ts";
import { findBuildx } from "./find.ts";
import { currentContext, dockerFolder, jobsFolder } from "./folders.ts";
import { thisJob } from "./job.ts";
import { keptFolder, type Lease, newLeaseFolder, removeLease, writeLease } from "./lease.ts";
import { makeBuilder } from "./make.ts";
import { sweep } from "./sweep.ts";
import type { BuilderInfo, Buildx, Ready, Surroundings, Wishes } from "./types.ts";
import { checkWishes } from "./wishes.ts";

/** Told as soon as there is something that a post step would have to give back. */
export type Keep = (lease: { readonly id: string; readonly jobs: string }) => void;

/**
 * Has buildx ready with a builder as wished for. What is made is noted before it is made, so that it can be given back however this ends.
 * @throws UserError MA480 to MA498, and those of downloads and processes
 */
export async function setUpBuildx(
  wishes: Wishes,
  surroundings: Surroundings,
  keep: Keep,
): Promise<Ready> {
  checkWishes(wishes);
  const docker = await findExecutable("docker", surroundings.env);
  const buildx = await surroundings.log.group("buildx", () =>
    findBuildx(wishes, surroundings, docker !== null),
  );
  const jobs = jobsFolder(surroundings);
  await sweep(jobs, buildx.path, surroundings);
  if (wishes.driver === "docker") return dockerBuilder(buildx, docker, surroundings);
  const { id } = await newLeaseFolder(jobs);
  const lease: Lease = {
    schema: "multiarch.buildx/1",
    id,
    job: thisJob(surroundings),
    buildx: buildx.path,
    builder: null,
    created: false,
    nodes: [],
    keepState: wishes.keepState,
    context: null,
    cleanup: wishes.cleanup,
    containers: [],
    dockerFolder: dockerFolder(surroundings),
  };
  await writeLease(jobs, lease);
  if (wishes.cleanup) keep({ id, jobs });
  const folder = wishes.cleanup ? join(jobs, id) : keptFolder(jobs, id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = await makeBuilder({ wishes, buildx, docker, jobs, lease, folder }, surroundings);
  const info = await inspectBuilder(buildx, made.name, surroundings);
  if (!wishes.cleanup) await removeLease(jobs, id);
  return ready(made.name, info, buildx, made.created);
}

/** The builder that the engine itself is: there is one for each context, and nothing is made. @throws UserError MA493 */
async function dockerBuilder(
  buildx: Buildx,
  docker: string | null,
  surroundings: Surroundings,
): Promise<Ready> {
  if (docker === null) {
    throw new UserError("MA493", {
      what: "the driver docker needs the command docker",
      found: "it is not in the PATH",
      where: "driver",
    });
  }
  const name = await currentContext(surroundings);
  const info = await inspectBuilder(buildx, name, surroundings);
  const error = info?.error ?? info?.nodes[0]?.error;
  if (error === undefined || error === null) return ready(name, info, buildx, false);
  throw new UserError("MA488", {
    what: `the engine of the context ${name} does not answer`,
    found: error,
  });
}

function ready(name: string, info: BuilderInfo | null, buildx: Buildx, created: boolean): Ready {
  if (info === null || info.driver === null || info.nodes.length === 0) {
    throw new UserError("MA497", {
      what: `buildx does not say what the builder ${name} is`,
      expected: "a driver and nodes",
      found: info === null ? "no such builder" : "none",
    });
  }
  const platforms = info.nodes.flatMap((node) => (node.platforms ?? "").split(","));
  return {
    name,
    driver: info.driver,
    platforms: [...new Set(platforms.filter((one) => one !== ""))],
    nodes: info.nodes,
    version: buildx.version,
    addToPath: buildx.addToPath,
    created,
  };
}
