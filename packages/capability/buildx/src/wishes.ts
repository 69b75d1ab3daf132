import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { parseAppend } from "./append.ts";
import { startsDaemon } from "./arguments.ts";
import { driverOptions, optionValue } from "./driver-options.ts";
import { lines } from "./fields.ts";
import { builderShape } from "./lease.ts";
import { proxyOptions } from "./proxies.ts";
import type { NodeWish, Surroundings, Wishes } from "./types.ts";

/** What is wrong with wishes before anything is done for them. @throws UserError MA481, MA490, MA495 */
export function checkWishes({ driver, keepState, name, version }: Wishes): void {
  if (driver === "cloud" || /^(?:cloud|lab):/.test(version ?? "")) {
    throw new UserError("MA481", {
      what: "the driver cloud needs Docker's own edition of buildx, which is not set up here",
      fix: "use docker/setup-buildx-action for it, or driver: remote with an endpoint",
      where: "driver",
    });
  }
  if (keepState && driver !== "docker-container") {
    throw new UserError("MA490", {
      what: `the driver ${driver} keeps no state of its own`,
      where: "keep-state",
    });
  }
  if (name !== null && driver !== "docker" && (!builderShape.test(name) || name === "default")) {
    throw new UserError("MA495", {
      what: "this is no name for a builder",
      found: name,
      where: "name",
    });
  }
}

/**
 * The nodes of the builder, its first one first. With the driver remote and no endpoint, the first of `append` is the builder's first.
 * @throws UserError MA485, MA486, MA496
 */
export async function nodesOf(
  { driver, driverOpts, buildkitdFlags, endpoint, platforms, append }: Wishes,
  surroundings: Pick<Surroundings, "env">,
): Promise<[NodeWish, ...NodeWish[]]> {
  const appended = await parseAppend(append);
  const { env } = surroundings;
  const first: NodeWish = {
    index: 0,
    name: null,
    endpoint,
    driverOpts: lines(driverOpts).flatMap(driverOptions),
    flags: buildkitdFlags,
    platforms,
  };
  const [next, ...rest] = appended;
  const nodes: [NodeWish, ...NodeWish[]] =
    driver !== "remote" || endpoint !== null || env.BUILDKIT_HOST || next === undefined
      ? [first, ...appended]
      : [next, ...rest];
  for (const node of nodes) checkNode(driver, node, env);
  const [head, ...tail] = nodes.map((node) => ({
    ...node,
    driverOpts: [...node.driverOpts, ...proxyOptions(driver, node.driverOpts, env)],
  }));
  return [head ?? first, ...tail];
}

function checkNode(driver: string, node: NodeWish, env: Surroundings["env"]): void {
  const where = node.index === 0 ? "endpoint" : `append, node ${node.index}`;
  if (driver === "remote" && node.endpoint === null && (node.index > 0 || !env.BUILDKIT_HOST)) {
    throw new UserError("MA496", {
      what: "the driver remote needs to know where BuildKit listens",
      expected: "tcp://host:port or unix:///path",
      where,
    });
  }
  if (node.endpoint?.startsWith("-") || node.platforms.some((one) => one.startsWith("-"))) {
    throw new UserError("MA496", {
      what: "an endpoint or a platform begins with a dash",
      found: node.endpoint ?? node.platforms.join(","),
      where,
    });
  }
  if (node.name !== null && !builderShape.test(node.name)) {
    throw new UserError("MA495", { what: "this is no name for a node", found: node.name, where });
  }
}

/**
 * The file with the daemon's configuration: the user's own, or the inline text in the job's folder. buildx copies it when the builder is made.
 * @throws UserError MA491 when it is not there
 */
export async function configOf(
  { driver, buildkitdConfig, buildkitdConfigInline }: Wishes,
  folder: string,
  { log }: Pick<Surroundings, "log">,
): Promise<string | null> {
  if (buildkitdConfig === null && buildkitdConfigInline === null) return null;
  if (!startsDaemon(driver)) {
    throw new UserError("MA491", {
      what: `the driver ${driver} starts no BuildKit that a configuration could be given to`,
      where: buildkitdConfig === null ? "buildkitd-config-inline" : "buildkitd-config",
      fix: "remove the input, or use driver: docker-container",
    });
  }
  if (buildkitdConfig !== null) {
    if (buildkitdConfigInline !== null) {
      log.warning("buildkitd-config is used; buildkitd-config-inline beside it does nothing");
    }
    try {
      await readFile(buildkitdConfig);
    } catch (cause) {
      throw new UserError("MA491", {
        what: "the configuration of BuildKit cannot be read",
        where: buildkitdConfig,
        cause,
      });
    }
    return buildkitdConfig;
  }
  const path = join(folder, "buildkitd.toml");
  await writeFileAtomic(path, Buffer.from(buildkitdConfigInline ?? ""), 0o600);
  return path;
}

/** The image that a node's BuildKit is started from; null for drivers that start none. */
export function imageOf(driver: string, node: NodeWish, otherwise: string): string | null {
  return driver === "docker-container"
    ? (optionValue(node.driverOpts, "image") ?? otherwise)
    : null;
}
