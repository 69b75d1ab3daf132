import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Artifact, loadCorpus } from "./data.ts";
import { type Examined, examine } from "./examine.ts";
import { fetchArtifacts, placeOf } from "./fetch.ts";
import { describe, loadExplanations, type Summary, summarize } from "./summary.ts";

export interface Places {
  /** Where fetched artifacts are kept. */
  readonly folder: string;
  /** A Python that has pip. */
  readonly python: string;
}

/** Fetches what is missing and compares each artifact. @throws when one cannot be had: it was not compared then */
export async function compareArtifacts(
  artifacts: readonly Artifact[],
  { folder, python }: Places,
  say: (line: string) => void,
): Promise<Summary> {
  const missing = await fetchArtifacts(artifacts, folder, { clients: 4, python, say });
  if (missing.length > 0) {
    throw new Error(`could not be fetched: ${missing.map(({ file }) => file).join(", ")}`);
  }
  const temporary = await mkdtemp(join(tmpdir(), "multiarch-corpus-"));
  try {
    const examined: Examined[] = [];
    for (const artifact of artifacts) {
      examined.push(await examine(artifact, placeOf(artifact, folder), temporary));
      if (examined.length % 100 === 0) say(`${examined.length} of ${artifacts.length} compared`);
    }
    return summarize(examined, loadExplanations());
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** `npm run corpus`. @returns the exit code */
export async function main(places: Places): Promise<number> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const started = performance.now();
  const summary = await compareArtifacts(loadCorpus(), places, say);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${describe(summary)}\n${seconds} s\n`);
  return summary.unexplained.length === 0 ? 0 : 1;
}
