import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Artifact, loadCorpus } from "./data.ts";
import { type Examined, examine } from "./examine.ts";
import { fetchArtifacts, placeOf } from "./fetch.ts";
import { describe, loadExplanations, type Summary, summarize } from "./summary.ts";

/** Where fetched artifacts are kept, beside the other components of the slow suites. */
export function corpusFolder(env: NodeJS.ProcessEnv): string {
  const cache = env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return join(env.MULTIARCH_TEST_CACHE ?? join(cache, "multiarch-test"), "corpus");
}

/** Fetches what is missing and compares each artifact. @throws when one cannot be had: it was not compared then */
export async function compareArtifacts(
  artifacts: readonly Artifact[],
  folder: string,
  say: (line: string) => void,
): Promise<Summary> {
  const missing = await fetchArtifacts(artifacts, folder, { clients: 4, say });
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
export async function main(env: NodeJS.ProcessEnv): Promise<number> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const started = performance.now();
  const summary = await compareArtifacts(loadCorpus(), corpusFolder(env), say);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${describe(summary)}\n${seconds} s\n`);
  return summary.unexplained.length === 0 ? 0 : 1;
}
