import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { lookUp, lookUpPinned, pinTo } from "./cache.ts";
import { withLock } from "./lock.ts";
import type { Prober } from "./probe.ts";
import { installed } from "./sources/installed.ts";
import { type Origin, pinnedImage } from "./sources/reference.ts";
import type { Search, Source } from "./sources/types.ts";
import type { Emulator, Guest, Surroundings } from "./types.ts";
import { compareVersions, fitsVersion, knownGood } from "./versions.ts";

export interface Wanted {
  readonly guests: readonly Guest[];
  /** From `qemu-version`; null: the newest that is known to be good. */
  readonly version: string | null;
  readonly origin: Origin | null;
  /** Nothing is fetched. */
  readonly offline: boolean;
}

export interface FoundEmulators {
  readonly emulators: readonly Emulator[];
  readonly missing: readonly Guest[];
  /** Why something is missing, and what was worse than it should be. */
  readonly why: readonly string[];
}

/** Fetching 70 MB over a slow line. Milliseconds. */
const fetchWait = 900_000;

/**
 * The best emulator for each guest: what is installed or in the tool cache if it is known to be good, else what sources give, the
 * newest first. One job fetches at a time, so that the others find in the cache what it brought.
 * @throws UserError MA457, MA459; those of downloads where a place was named and cannot be reached
 */
export async function findEmulators(
  wanted: Wanted,
  surroundings: Surroundings,
  prober: Prober,
): Promise<FoundEmulators> {
  const workFolder = await mkdtemp(join(surroundings.temporaryFolder, "multiarch-qemu-"));
  const search: Search = { surroundings, prober, version: wanted.version, workFolder };
  try {
    const demanded = wanted.origin !== null && wanted.origin.kind !== "floating";
    const best = new Map<Guest, Emulator>();
    const why: string[] = [];
    if (!demanded) why.push(...(await fromHere(wanted, search, best)));
    const open = () => wanted.guests.filter((guest) => !isGood(best.get(guest), wanted));
    if (open().length > 0 && (!wanted.offline || demanded)) {
      const options = { waitMs: fetchWait, now: surroundings.now };
      await withLock("fetch", options, async () => {
        if (!demanded) await fromHere({ ...wanted, guests: open() }, search, best);
        for (const source of await sourcesFor(wanted, surroundings)) {
          // What is no newer than what is here already, in the cache for one, is not fetched again.
          const better = open().filter((guest) => couldBeNewer(source, best.get(guest)));
          if (better.length > 0) why.push(...(await consult(source, better, search, best)));
        }
      });
    }
    const emulators = wanted.guests.flatMap((guest) => best.get(guest) ?? []);
    const missing = wanted.guests.filter((guest) => !best.has(guest));
    return { emulators, missing, why };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function isGood(emulator: Emulator | undefined, { version }: Wanted): boolean {
  if (emulator === undefined) return false;
  return version !== null || compareVersions(emulator.version, knownGood) >= 0;
}

/** Of a source that cannot tell before it is asked, nothing is expected where there is something already. */
function couldBeNewer({ version }: Source, present: Emulator | undefined): boolean {
  if (present === undefined) return true;
  return version !== null && compareVersions(version, present.version) > 0;
}

/** What needs no network. */
async function fromHere(
  { guests, version }: Wanted,
  search: Search,
  best: Map<Guest, Emulator>,
): Promise<readonly string[]> {
  const kept = await Promise.all(guests.map((one) => lookUp(one, search.surroundings, version)));
  for (const emulator of kept) if (emulator !== null) offer(emulator, search, best);
  const open = guests.filter((guest) => !best.has(guest));
  // An emulator of the cache was examined when it was put there, and is executed again once it is registered.
  if (open.length === 0) return [];
  const { emulators, why } = await installed.fetch(open, search);
  for (const emulator of emulators) offer(emulator, search, best);
  return why;
}

/** The newest that fits wins. */
function offer(emulator: Emulator, search: Search, best: Map<Guest, Emulator>): void {
  if (!fitsVersion(emulator.version, search.version)) return;
  const before = best.get(emulator.guest);
  if (before !== undefined && compareVersions(before.version, emulator.version) >= 0) return;
  best.set(emulator.guest, emulator);
}

async function sourcesFor(
  { origin, version }: Wanted,
  surroundings: Surroundings,
): Promise<Source[]> {
  if (origin?.kind === "folder")
    return [(await import("./sources/place.ts")).folderSource(origin.path)];
  if (origin?.kind === "url") {
    return [(await import("./sources/place.ts")).mirrorSource(origin.url, origin.sha256)];
  }
  const { imageSource } = await import("./sources/image.ts");
  if (origin?.kind === "image") return [imageSource(origin, null, true)];
  const { aptSource } = await import("./sources/apt.ts");
  const { parseOrigin } = await import("./sources/reference.ts");
  const pinned = parseOrigin(pinnedImage.text);
  const sources = [
    await aptSource(surroundings),
    pinned?.kind === "image" ? imageSource(pinned, pinnedImage.version, false) : null,
  ].filter((source) => source !== null);
  // What is known not to be good comes last, however near it is; what is known not to fit does not come at all.
  const good = (source: Source): boolean =>
    source.version === null || compareVersions(source.version, knownGood) >= 0;
  return [...sources.filter(good), ...sources.filter((source) => !good(source))].filter(
    (source) => source.version === null || fitsVersion(source.version, version),
  );
}

async function consult(
  source: Source,
  guests: readonly Guest[],
  search: Search,
  best: Map<Guest, Emulator>,
): Promise<readonly string[]> {
  const { log } = search.surroundings;
  const kept = await Promise.all(
    guests.map((guest) => lookUpPinned(source.pin, guest, search.surroundings)),
  );
  for (const emulator of kept) if (emulator !== null) offer(emulator, search, best);
  const absent = guests.filter((_guest, index) => kept[index] === null);
  if (absent.length === 0) return [];
  log.info(`emulators for ${absent.map(({ arch }) => arch).join(", ")}: from ${source.name}`);
  try {
    const { emulators, why } = await source.fetch(absent, search);
    for (const emulator of emulators) {
      await pinTo(source.pin, emulator, search.surroundings);
      offer(emulator, search, best);
    }
    return why;
  } catch (error) {
    // Another source may have it; a place that was named has no substitute. Bytes that differ from their hash are no matter of chance.
    const damaged = error instanceof UserError && /^MA(?:457|459|505)$/.test(error.id);
    if (!(error instanceof UserError) || source.demanded || damaged) throw error;
    log.info(`${source.name}: ${error.message}`);
    return [
      `${source.name}: ${error.details.what}${error.details.found === undefined ? "" : ` (${error.details.found})`}`,
    ];
  }
}
