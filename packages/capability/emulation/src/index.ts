import type { Prepared, Request } from "./prepare.ts";
import type { Guest, Surroundings } from "./types.ts";

export {
  engineArguments,
  engineImage,
  engineIsElsewhere,
  prepareEngine,
  releaseEngine,
} from "./engine.ts";
export type { Prepared, Request } from "./prepare.ts";
export { releaseEmulation } from "./release.ts";
export { type Origin, parseOrigin, pinnedImage } from "./sources/reference.ts";
export { releaseSurroundings, systemSurroundings } from "./surroundings.ts";
export type { Emulator, Guest, Surroundings } from "./types.ts";

// The post step loads this room too, and needs neither the table of targets nor what finds and proves emulators.

/** See `guests.ts`. @throws UserError MA101, MA102, MA450 */
export async function parsePlatforms(platforms: readonly string[]): Promise<readonly Guest[]> {
  return (await import("./guests.ts")).parsePlatforms(platforms);
}

/** See `prepare.ts`. @throws UserError MA452 to MA465 */
export async function prepareEmulation(
  request: Request,
  surroundings: Surroundings,
): Promise<Prepared> {
  return (await import("./prepare.ts")).prepareEmulation(request, surroundings);
}
