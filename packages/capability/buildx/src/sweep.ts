import { hasEnded } from "./job.ts";
import { allLeases } from "./lease.ts";
import { giveBack, type Remover } from "./remove.ts";

/**
 * Gives back what jobs that have ended left, because they were killed before their post step. Living jobs, and builders that no lease
 * names, are left alone. Nothing here fails the step: what stays is tried again by the next one.
 * @param buildx full path
 */
export async function sweep(jobs: string, buildx: string, remover: Remover): Promise<void> {
  const { log, now } = remover;
  for (const lease of await allLeases(jobs, now)) {
    if (!hasEnded(lease.job, remover)) continue;
    log.info(`a job that has ended left ${lease.builder ?? "a folder"}: it is cleared away`);
    try {
      await giveBack(jobs, lease, buildx, remover);
    } catch (error) {
      log.warning(`what ${lease.id} left cannot be cleared away now: ${String(error)}`);
    }
  }
}
