// Fetches the sample of published packages that the slow suites use. Arguments: the folder that keeps them, a Python with
// pip, and a folder beside it that gets them under their own names; prints one path a line.
import { linkSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadSample } from "../../test/corpus/data.ts";
import { fetchArtifacts, placeOf } from "../../test/corpus/fetch.ts";

const [kept = "", python = "", folder = ""] = process.argv.slice(2);
const sample = loadSample(true);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const missing = await fetchArtifacts(sample, kept, { clients: 4, python, say });
if (missing.length > 0)
  throw new Error(`not fetched: ${missing.map(({ file }) => file).join(", ")}`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const artifact of sample) {
  const path = join(folder, artifact.file);
  linkSync(placeOf(artifact, kept), path);
  process.stdout.write(`${path}\n`);
}
