import type { Log } from "@multiarch/diagnostics";
import type { Remover } from "./remove.ts";
import type { Keep } from "./set-up.ts";
import type { Environment, Ready, Wishes } from "./types.ts";

export type { Remover } from "./remove.ts";
export type { Keep } from "./set-up.ts";
export type { BuilderInfo, NodeInfo, Ready, Surroundings, Wishes } from "./types.ts";

/** Each half loads only what it needs: a post step has to start fast. */
export async function setUpBuildx(
  wishes: Wishes,
  { env, log, temporaryFolder }: { env: Environment; log: Log; temporaryFolder: string },
  keep: Keep,
): Promise<Ready> {
  const { systemSurroundings } = await import("./surroundings.ts");
  const { setUpBuildx } = await import("./set-up.ts");
  return setUpBuildx(wishes, systemSurroundings(env, log, temporaryFolder), keep);
}

/** What `Keep` is told, as the text that `cleanUpBuildx` takes. */
export function keptText(kept: Parameters<Keep>[0]): string {
  return JSON.stringify(kept);
}

/** What a post step does; see `clean-up.ts`. */
export async function cleanUpBuildx(
  kept: string | null,
  { env, log }: Pick<Remover, "env" | "log">,
  debug: boolean,
): Promise<void> {
  if (kept === null || kept === "") return;
  const { cleanUpBuildx } = await import("./clean-up.ts");
  await cleanUpBuildx(kept, { env, log, proc: "/proc", now: Date.now }, debug);
}
