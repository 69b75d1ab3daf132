export {
  engineArguments,
  engineImage,
  engineIsElsewhere,
  prepareEngine,
  releaseEngine,
} from "./engine.ts";
export { flagsFor, parseEntry, registrationLine } from "./entry-text.ts";
export { guests, parsePlatforms } from "./guests.ts";
export { type Prepared, prepareEmulation, type Request } from "./prepare.ts";
export { releaseEmulation } from "./release.ts";
export { type Origin, parseOrigin, pinnedImage } from "./sources/reference.ts";
export { systemSurroundings } from "./surroundings.ts";
export type { Emulator, Guest, Surroundings } from "./types.ts";
