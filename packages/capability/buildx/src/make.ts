import type { BuilderWish } from "./arguments.ts";
import { appendNode, bootBuilder, createBuilder, inspectBuilder } from "./builder.ts";
import { certificateOptions } from "./certificates.ts";
import { call, failure, succeeded } from "./command.ts";
import { makeContext } from "./context.ts";
import { buildkitImage } from "./data/buildkit.ts";
import { writeField } from "./fields.ts";
import { fetchImage } from "./image.ts";
import { type Lease, writeLease } from "./lease.ts";
import type { BuilderInfo, Buildx, NodeWish, Surroundings, Wishes } from "./types.ts";
import { configOf, imageOf, nodesOf } from "./wishes.ts";

export interface Making {
  readonly wishes: Wishes;
  readonly buildx: Buildx;
  /** Full path; null without docker. */
  readonly docker: string | null;
  readonly jobs: string;
  readonly lease: Lease;
  /** For certificates and the configuration. */
  readonly folder: string;
}

/** Makes the builder, or takes the one that is there, with all its nodes, and starts it. */
export async function makeBuilder(
  making: Making,
  surroundings: Surroundings,
): Promise<{ readonly name: string; readonly created: boolean }> {
  const { wishes, buildx, jobs, folder } = making;
  const { log } = surroundings;
  const name = (wishes.name ?? `multiarch-${making.lease.id}`).toLowerCase();
  const [first, ...others] = await nodesOf(wishes, surroundings);
  const config = await configOf(wishes, folder, surroundings);
  const builder: BuilderWish = { name, driver: wishes.driver, use: wishes.use, config };
  let lease = making.lease;
  const note = async (change: Partial<Lease>): Promise<void> => {
    lease = { ...lease, ...change };
    await writeLease(jobs, lease);
  };
  const prepared = async (node: NodeWish): Promise<NodeWish> => prepare(node, making, surroundings);
  const before = await inspectBuilder(buildx, name, surroundings);
  let created = false;
  if (before === null) {
    const context = await makeContext(making, first, surroundings, (name) =>
      note({ context: name }),
    );
    const node = await prepared({ ...first, endpoint: first.endpoint ?? context });
    // Noted first: a kill in between leaves a lease whose builder is not there, which does no harm.
    await note({ builder: name, created: true });
    created = await createBuilder(buildx, builder, node, surroundings);
  }
  if (!created) {
    await note({ builder: name, created: false });
    log.info(`the builder ${name} is there already; it is used and will stay`);
    if (wishes.use) await useBuilder(buildx, name, surroundings);
  }
  for (const node of others) await appendNode(buildx, builder, await prepared(node), surroundings);
  await bootBuilder(buildx, builder, surroundings);
  const after = await inspectBuilder(buildx, name, surroundings);
  await note({
    nodes: created ? [] : added(before, after),
    containers:
      after?.driver === "docker-container"
        ? after.nodes.map((node) => `buildx_buildkit_${node.name ?? ""}`)
        : [],
  });
  return { name, created };
}

/** A node with its certificates and its image. */
async function prepare(
  node: NodeWish,
  { wishes, docker, folder }: Making,
  surroundings: Surroundings,
): Promise<NodeWish> {
  const options = await certificateOptions(wishes.driver, node, folder, surroundings);
  const image = imageOf(wishes.driver, node, buildkitImage);
  if (image === null) return { ...node, driverOpts: [...node.driverOpts, ...options] };
  if (docker !== null) await fetchImage(image, docker, node.endpoint, surroundings);
  const given = node.driverOpts.some((option) => /^"?image=/.test(option));
  const pinned = given ? [] : [writeField(`image=${image}`)];
  return { ...node, driverOpts: [...pinned, ...node.driverOpts, ...options] };
}

async function useBuilder(
  { path }: Buildx,
  name: string,
  surroundings: Surroundings,
): Promise<void> {
  const result = await call(path, ["use", name], surroundings);
  if (!succeeded(result)) throw failure("MA487", `the builder ${name} cannot be used`, result);
}

function added(before: BuilderInfo | null, after: BuilderInfo | null): string[] {
  const known = new Set(before?.nodes.map(({ name }) => name));
  return (after?.nodes ?? [])
    .map(({ name }) => name)
    .filter((name): name is string => name !== undefined && !known.has(name));
}
