import { call, failure, mayPass, succeeded } from "./command.ts";
import type { Surroundings } from "./types.ts";

const attempts = 4;

/**
 * Has the engine fetch the image of BuildKit before buildx starts it, with further attempts for what a network may break: buildx tries once.
 * An image that is pinned by its digest and already there is not asked for again.
 * @throws UserError MA494 when it cannot be had
 */
export async function fetchImage(
  image: string,
  docker: string,
  endpoint: string | null,
  surroundings: Surroundings,
): Promise<void> {
  // An endpoint is an address or the name of a context; both mean another engine than the current one.
  const engine =
    endpoint === null
      ? []
      : endpoint.includes("://")
        ? ["--host", endpoint]
        : ["--context", endpoint];
  const inspected = await call(docker, [...engine, "image", "inspect", image], surroundings);
  if (succeeded(inspected) && image.includes("@sha256:")) return;
  for (let attempt = 1; ; attempt++) {
    const pulled = await call(docker, [...engine, "pull", "--quiet", image], surroundings, {
      shown: true,
    });
    if (succeeded(pulled)) return;
    // Without a registry a tag that is there is as good as it gets, and buildx takes it too.
    const local = succeeded(inspected);
    const text = pulled.tail.join("\n");
    if (attempt < attempts && !pulled.aborted && mayPass(text) && !local) {
      surroundings.log.info(`${image}: attempt ${attempt + 1} follows`);
      await surroundings.wait(1000 * 2 ** attempt * (0.5 + Math.random()));
      continue;
    }
    if (!local) throw failure("MA494", `the image of BuildKit cannot be fetched: ${image}`, pulled);
    surroundings.log.warning(`${image} cannot be fetched; the one that is there is used`);
    return;
  }
}
