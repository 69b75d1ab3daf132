import type { Prober } from "../probe.ts";
import type { Emulator, Guest, Surroundings } from "../types.ts";

/** What a search for emulators works with. */
export interface Search {
  readonly surroundings: Surroundings;
  readonly prober: Prober;
  /** What was asked for with `qemu-version`; null: the newest that is known to be good. */
  readonly version: string | null;
  /** A folder that is removed at the end. */
  readonly workFolder: string;
}

/** One place that emulators can come from. */
export interface Source {
  /** For people: `apt qemu-user-static`. */
  readonly name: string;
  /** The version that it would give, where that is known before anything is fetched. */
  readonly version: string | null;
  /** 64 hex digits that decide every byte of what it gives; null where none does. What came by them is found again in the cache. */
  readonly pin: string | null;
  /** Whoever named this place wants it and no other. */
  readonly demanded: boolean;
  /**
   * The emulators that it has for these guests. Every file was compared with a hash that was known before, or was installed here already,
   * and was executed with a program of its guest. What it does not have is told by `why`.
   * @throws UserError when it is broken rather than without
   */
  fetch(guests: readonly Guest[], search: Search): Promise<Fetched>;
}

export interface Fetched {
  readonly emulators: readonly Emulator[];
  /** Reasons for what is not there. */
  readonly why: readonly string[];
}
