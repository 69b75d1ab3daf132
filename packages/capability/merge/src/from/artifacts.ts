import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import type { Transport } from "@multiarch/transport";
import { namePattern } from "./glob.ts";
import { type SearchedFile, searchFiles } from "./search.ts";

export interface ArtifactSource {
  readonly transport: Transport;
  /** Names of artifacts of this run, with `*`, `?` and the like. */
  readonly pattern: string;
}

/**
 * The files of every artifact of a run that a pattern names, each artifact in a folder of its own. Our own (plans, legs, releases) only when
 * the pattern says so.
 * @throws UserError MA730 for a pattern that names none
 */
export async function fetchArtifacts(
  { transport, pattern }: ArtifactSource,
  folder: string,
): Promise<SearchedFile[]> {
  const meant = namePattern(pattern);
  const own = pattern.startsWith("multiarch");
  const items = await transport.list("");
  const chosen = items.filter(
    ({ name }) => meant.test(name) && (own || !/^multiarch[.-]/.test(name)),
  );
  if (chosen.length === 0) {
    throw new UserError("MA730", {
      what: `${JSON.stringify(pattern)} names no artifact of this run`,
      found: items.map(({ name }) => name).join(", ") || "no artifact at all",
      fix: "upload the files in an earlier job, and let this one need it",
    });
  }
  const files: SearchedFile[] = [];
  for (const [index, item] of chosen.entries()) {
    const into = join(folder, String(index));
    await transport.get(item, into);
    const found = await searchFiles([into], folder);
    files.push(...found.files.map(({ path, place }) => ({ path, place: [item.name, ...place] })));
  }
  return files;
}
