import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { extractArchive } from "@multiarch/archive";
import { platformsOfWheel, targetOfTags } from "@multiarch/targets";
import type { Artifact } from "../../corpus/data.ts";
import { placeOf } from "../../corpus/fetch.ts";

/** A published wheel taken apart: what a build would have left before anything was packed. */
export interface UnpackedWheel {
  readonly artifact: Artifact;
  readonly target: string;
  readonly folder: string;
}

/** Unpacks wheels of the corpus for the targets that wheels are made for, without their metadata. */
export async function unpackWheels(
  artifacts: readonly Artifact[],
  cacheFolder: string,
  folder: string,
): Promise<UnpackedWheel[]> {
  const unpacked: UnpackedWheel[] = [];
  for (const [index, artifact] of artifacts.entries()) {
    const said = targetOfTags(platformsOfWheel(artifact.file));
    // The plan composes that one of two rows; a universal tree serves either.
    const target = said === "darwin-universal" ? "darwin-arm64" : said;
    if (target === null || /^(?:android|ios)/.test(target)) continue;
    if (artifact.findings.some(({ code }) => code === "unreadable")) continue;
    await mkdir(folder, { recursive: true });
    const into = join(folder, String(index));
    await extractArchive(placeOf(artifact, cacheFolder), into, { format: "zip" });
    const entries = await readdir(into);
    // Scripts and data have places of their own in a wheel, which a tree does not have.
    if (entries.some((name) => name.endsWith(".data"))) continue;
    for (const name of entries) {
      if (name.endsWith(".dist-info")) await rm(join(into, name), { recursive: true });
    }
    unpacked.push({ artifact, target, folder: into });
  }
  return unpacked;
}
