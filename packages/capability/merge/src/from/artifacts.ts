import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import type { StoredItem, Transport } from "@multiarch/transport";
import { namePattern } from "./glob.ts";
import { type SearchedFile, searchFiles } from "./search.ts";

/** The artifacts of this run. */
export interface ArtifactSource {
  readonly transport: Transport;
  /** Names of artifacts to take, with `*`, `?` and the like. */
  readonly patterns: readonly string[];
}

/**
 * The files of every artifact of a run that a pattern names, each artifact in a folder of its own. Our own (plans, legs,
 * releases) only when the pattern says so.
 * @throws UserError MA730 for a pattern that names none
 */
export async function fetchArtifacts(
  { transport, patterns }: ArtifactSource,
  folder: string,
): Promise<SearchedFile[]> {
  if (patterns.length === 0) return [];
  const items = await transport.list("");
  const chosen = new Map<string, StoredItem>();
  for (const pattern of patterns) {
    const meant = matching(items, pattern);
    if (meant.length === 0) throw nothingCalled(pattern, items);
    for (const item of meant) chosen.set(item.reference, item);
  }
  const files: SearchedFile[] = [];
  for (const item of chosen.values()) {
    const into = join(folder, item.reference);
    await transport.get(item, into);
    const found = await searchFiles([into], folder);
    files.push(...found.files.map(({ path, place }) => ({ path, place: [item.name, ...place] })));
  }
  return files;
}

function matching(items: readonly StoredItem[], pattern: string): StoredItem[] {
  const meant = namePattern(pattern);
  const ownToo = pattern.startsWith("multiarch");
  return items.filter(({ name }) => meant(name) && (ownToo || !/^multiarch[.-]/.test(name)));
}

function nothingCalled(pattern: string, items: readonly StoredItem[]): UserError {
  return new UserError("MA730", {
    what: `${JSON.stringify(pattern)} names neither a file here nor an artifact of this run`,
    found: items.map(({ name }) => name).join(", ") || "no artifact at all",
    fix: "upload the files in an earlier job, and let this one need it",
  });
}
