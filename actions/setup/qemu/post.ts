import { getState } from "@multiarch/github";
import { openSession } from "../../session.ts";

/** Never fails the job: what could not be removed is said, and the next run sweeps it. */
export async function post(): Promise<void> {
  const { env, log, temporaryFolder } = openSession();
  const lease = getState(env, "lease");
  const image = getState(env, "image");
  if (lease === null && image === null) return;
  try {
    const { parseOrigin, releaseEmulation, releaseEngine, releaseSurroundings } = await import(
      "@multiarch/emulation"
    );
    const surroundings = await releaseSurroundings(env, log, temporaryFolder);
    if (lease !== null) {
      const removed = await releaseEmulation(lease, surroundings);
      log.info(removed.length === 0 ? "nothing to remove" : `removed ${removed.join(", ")}`);
    }
    // State can be written by whoever wrote to an earlier step's output: only a pinned image is ever run.
    if (image !== null && parseOrigin(image)?.kind === "image") {
      await releaseEngine((getState(env, "added") ?? "").split(","), image, surroundings);
    }
  } catch (error) {
    log.warning(error instanceof Error ? error.message : String(error));
  }
}
