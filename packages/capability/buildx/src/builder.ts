import {
  appendArguments,
  type BuilderWish,
  createArguments,
  inspectArguments,
  startsDaemon,
} from "./arguments.ts";
import { type CallOptions, call, failure, mayPass, succeeded } from "./command.ts";
import { parseInspect } from "./inspect.ts";
import type { BuilderInfo, Buildx, NodeWish, Surroundings } from "./types.ts";

type Program = Pick<Buildx, "path">;

/** What the network may break on the way to an image. A remote BuildKit is waited for by buildx itself. */
const bootAttempts = 3;

/** The builder as buildx knows it; null when it knows none of that name. @throws UserError MA497 when that cannot be told */
export async function inspectBuilder(
  { path }: Program,
  name: string,
  surroundings: Pick<Surroundings, "env" | "log">,
  options: CallOptions = {},
): Promise<BuilderInfo | null> {
  const extra = { ...options.extra, DEBUG: "1" };
  // Features are shown only with this.
  const result = await call(path, inspectArguments(name), surroundings, { ...options, extra });
  if (succeeded(result)) return parseInspect(result.stdout);
  if (/no builder ".*" found/.test(result.stderr)) return null;
  throw failure("MA497", `buildx does not say what the builder ${name} is`, result);
}

/**
 * Makes a builder with its first node.
 * @returns false when another job was faster and the builder is there already
 * @throws UserError MA487
 */
export async function createBuilder(
  { path }: Program,
  builder: BuilderWish,
  node: NodeWish,
  surroundings: Surroundings,
): Promise<boolean> {
  const result = await call(path, createArguments(builder, node), surroundings, { shown: true });
  if (succeeded(result)) return true;
  if (/existing instance for /.test(result.stderr)) return false;
  throw failure("MA487", `the builder ${builder.name} cannot be made`, result);
}

/** @throws UserError MA489 */
export async function appendNode(
  { path }: Program,
  builder: BuilderWish,
  node: NodeWish,
  surroundings: Surroundings,
): Promise<void> {
  const result = await call(path, appendArguments(builder, node), surroundings, { shown: true });
  if (succeeded(result)) return;
  const name = node.name ?? node.endpoint ?? `${node.index}`;
  throw failure("MA489", `the node ${name} cannot be added to ${builder.name}`, result);
}

/** Starts BuildKit on every node. @throws UserError MA488 */
export async function bootBuilder(
  { path }: Program,
  { name, driver }: Pick<BuilderWish, "name" | "driver">,
  surroundings: Surroundings,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const result = await call(path, inspectArguments(name, true), surroundings, { shown: true });
    // A node that does not answer is shown with its error, and buildx ends with success all the same.
    const info = succeeded(result) ? parseInspect(result.stdout) : null;
    const silent = info?.error ?? info?.nodes.find(({ error }) => error !== undefined)?.error;
    if (info !== null && (silent ?? null) === null) return;
    if (
      attempt < (startsDaemon(driver) ? bootAttempts : 1) &&
      !result.aborted &&
      mayPass(`${result.tail.join("\n")}${silent}`)
    ) {
      surroundings.log.info(`the builder ${name} did not start; attempt ${attempt + 1} follows`);
      await surroundings.wait(1000 * 2 ** attempt * (0.5 + Math.random()));
      continue;
    }
    throw failure("MA488", `the builder ${name} does not start`, result);
  }
}
