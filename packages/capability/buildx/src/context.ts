import { call, succeeded } from "./command.ts";
import { currentContext } from "./folders.ts";
import { contextName } from "./lease.ts";
import type { Making } from "./make.ts";
import type { NodeWish, Surroundings } from "./types.ts";

/**
 * buildx makes no builder on an engine whose certificates come from variables (DOCKER_TLS_VERIFY, DOCKER_CERT_PATH): it wants them in a
 * docker context. Such a context is made for the job, of what the variables say.
 * @param note called before it is made
 * @returns its name; null when none is needed, or docker cannot make it (buildx then says what is missing)
 */
export async function makeContext(
  { wishes, docker, lease }: Pick<Making, "wishes" | "docker" | "lease">,
  first: NodeWish,
  surroundings: Surroundings,
  note: (name: string) => Promise<void>,
): Promise<string | null> {
  const { env, log } = surroundings;
  if (wishes.driver !== "docker-container" || docker === null || first.endpoint !== null)
    return null;
  if (!env.DOCKER_TLS_VERIFY && !env.DOCKER_TLS) return null;
  if ((await currentContext(surroundings)) !== "default") return null;
  const name = contextName(lease.id);
  await note(name);
  const result = await call(docker, ["context", "create", name], surroundings);
  if (succeeded(result)) return name;
  log.warning(`no docker context can be made: ${result.stderr.trim()}`);
  return null;
}
