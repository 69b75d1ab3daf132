import type { Facts } from "@multiarch/contracts";

/** Where a file was found: its name under the folder that was searched, then its path in each archive, outermost first. */
export type Place = readonly string[];

/** An executable or addon that somebody else built. */
export interface FoundNative {
  /** On disk. */
  readonly path: string;
  readonly kind: "executable" | "addon";
  /** Everywhere that these very bytes were found, sorted; at least one. */
  readonly places: readonly Place[];
  readonly facts: Facts;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** A wheel or sdist: its name counts, so it is taken as it is. */
export interface FoundPythonPackage {
  /** On disk, under its own name. */
  readonly path: string;
  readonly place: Place;
}

/** A README or licence that lies beside executables in an archive. */
export interface FoundDocument {
  /** Without folders. */
  readonly name: string;
  /** On disk. */
  readonly path: string;
  readonly sha256: string;
  /** The archive, as it is shown. */
  readonly container: string;
}

/** What the package.json beside executables says of their project. */
export interface FoundManifest {
  readonly license: string | null;
  /** As written. */
  readonly repository: string | null;
  readonly homepage: string | null;
}

export interface PassedOver {
  readonly place: Place;
  readonly why: string;
}

/** Everything that a search found. */
export interface Findings {
  readonly natives: readonly FoundNative[];
  readonly pythonPackages: readonly FoundPythonPackage[];
  readonly documents: readonly FoundDocument[];
  /** Archives that held an executable or an addon, as they are shown, with their manifest if they are npm packages. */
  readonly containers: ReadonlyMap<string, FoundManifest | null>;
  readonly passedOver: readonly PassedOver[];
}

/** `dist/tool.zip › bin/tool`, without anything that could begin a line or colour a terminal: names come from anywhere. */
export function shown(place: Place): string {
  return place.join(" › ").replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

/** A file by the first of its places. */
export function shownFile({ places }: Pick<FoundNative, "places">): string {
  return shown(places[0] ?? []);
}

/** Order that does not depend on the language of the machine. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
