import type { NodeWish } from "./types.ts";

/** What an action that builds images for others may be asked for; builders of the host's own machine have always allowed it. */
export const defaultFlags =
  "--allow-insecure-entitlement security.insecure --allow-insecure-entitlement network.host";

/** Drivers that start the daemon themselves, so that flags and a configuration can be given to it. */
export function startsDaemon(driver: string): boolean {
  return driver === "docker-container" || driver === "kubernetes";
}

export interface BuilderWish {
  readonly name: string;
  readonly driver: string;
  readonly use: boolean;
  /** Path of the daemon's configuration. */
  readonly config: string | null;
}

/** The arguments that make a builder with its first node. */
export function createArguments(builder: BuilderWish, node: NodeWish): string[] {
  return [
    "create",
    ...["--name", builder.name],
    ...["--driver", builder.driver],
    ...nodeArguments(builder, node),
    ...(builder.use ? ["--use"] : []),
    ...endpoint(node),
  ];
}

/** The arguments that add a node. */
export function appendArguments(builder: BuilderWish, node: NodeWish): string[] {
  return [
    "create",
    ...["--name", builder.name],
    "--append",
    ...nodeArguments(builder, node),
    ...endpoint(node),
  ];
}

export function inspectArguments(name: string, bootstrap = false): string[] {
  return ["inspect", ...(bootstrap ? ["--bootstrap"] : []), "--builder", name];
}

export function removeArguments(name: string, keepState: boolean): string[] {
  return ["rm", ...(keepState ? ["--keep-state"] : []), name];
}

export function leaveArguments(name: string, node: string): string[] {
  return ["create", "--name", name, "--leave", "--node", node];
}

function nodeArguments({ driver, config }: BuilderWish, node: NodeWish): string[] {
  const flags = node.flags ?? (startsDaemon(driver) ? defaultFlags : null);
  return [
    ...(node.name === null ? [] : ["--node", node.name]),
    ...node.driverOpts.flatMap((option) => ["--driver-opt", option]),
    ...(flags === null ? [] : ["--buildkitd-flags", flags]),
    ...(node.platforms.length === 0 ? [] : ["--platform", node.platforms.join(",")]),
    // The older of its two names, which every version of buildx takes.
    ...(config === null ? [] : ["--config", config]),
  ];
}

function endpoint(node: NodeWish): string[] {
  return node.endpoint === null ? [] : ["--", node.endpoint];
}
