import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../slow/support/run.ts";
import type { Artifact } from "./data.ts";

export interface FetchOptions {
  /** A Python that has pip. */
  readonly python: string;
  /** How many clients run at once. */
  readonly clients: number;
  readonly say: (line: string) => void;
}

const batchFiles = 16;
const batchBytes = 200_000_000;

/** Where an artifact lies: its hash is part of the name, so that what is there needs no second look. */
export function placeOf(artifact: Artifact, folder: string): string {
  return join(folder, `${artifact.sha256}-${artifact.file}`);
}

/**
 * Fetches what is not there yet, many packages with one call of pip or npm. A file gets its place only when its hash is
 * right, so an interrupted run goes on where it was.
 * @returns the artifacts that could not be had
 */
export async function fetchArtifacts(
  artifacts: readonly Artifact[],
  folder: string,
  { clients, ...client }: FetchOptions,
): Promise<Artifact[]> {
  await mkdir(folder, { recursive: true });
  const wanted = artifacts.filter((artifact) => !existsSync(placeOf(artifact, folder)));
  const failed: Artifact[] = [];
  await inTurn(batches(wanted), clients, async (batch) => {
    const missing = await fetchBatch(batch, folder, client);
    // One package that the client refuses takes the others of its call with it.
    for (const artifact of missing) {
      if (batch.length > 1 && (await fetchBatch([artifact], folder, client)).length === 0) continue;
      failed.push(artifact);
    }
    client.say(`${batch.length - missing.length} of ${batch.length}: ${batch[0]?.file} …`);
  });
  return failed;
}

async function fetchBatch(
  batch: readonly Artifact[],
  folder: string,
  { python, say }: Omit<FetchOptions, "clients">,
): Promise<Artifact[]> {
  const temporary = await mkdtemp(join(folder, ".fetch-"));
  try {
    const npm = batch[0]?.registry === "npm";
    const output = await (npm ? npmPack(batch, temporary) : pipDownload(batch, temporary, python));
    const there = new Set(await readdir(temporary));
    const missing: Artifact[] = [];
    for (const artifact of batch) {
      const path = join(temporary, artifact.file);
      if (!there.has(artifact.file)) missing.push(artifact);
      else if ((await sha256(path)) !== artifact.sha256) {
        say(`${artifact.file} is not the file that was examined`);
        missing.push(artifact);
      } else await rename(path, placeOf(artifact, folder));
    }
    if (missing.length > 0 && batch.length === 1) say(output.slice(-600));
    return missing;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function npmPack(batch: readonly Artifact[], folder: string): Promise<string> {
  const names = batch.map(({ project, version }) => `${project}@${version}`);
  const flags = ["--silent", "--ignore-scripts", "--cache", join(folder, "cache")];
  return (await run("npm", ["pack", ...flags, ...names], { cwd: folder })).output;
}

/** pip takes exactly the file with the given hash when its tags are among those asked for. */
async function pipDownload(
  batch: readonly Artifact[],
  folder: string,
  command: string,
): Promise<string> {
  const lines = batch.map(
    ({ project, version, sha256 }) => `${project}==${version} --hash=sha256:${sha256}`,
  );
  await writeFile(join(folder, "requirements.txt"), `${lines.join("\n")}\n`);
  const python = pythonOf(batch[0] as Artifact);
  const abis = [...new Set([`cp${python.replace(".", "")}`, "abi3", "none"])];
  const platforms = [...new Set(batch.flatMap((artifact) => artifact.platforms ?? []))];
  const { output } = await run(
    command,
    [
      ...[
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
      ],
      ...["--ignore-requires-python", "--no-cache-dir", "--disable-pip-version-check"],
      ...["--dest", ".", "--requirement", "requirements.txt"],
      ...["--implementation", "cp", "--python-version", python],
      ...abis.flatMap((abi) => ["--abi", abi]),
      ...platforms.flatMap((platform) => ["--platform", platform]),
    ],
    { cwd: folder },
  );
  return output;
}

/** A wheel for one interpreter without its ABI (`cp38-none`) suits no later one. */
function pythonOf({ interpreters = [], abis = [] }: Artifact): string {
  const own = interpreters.find((name) => /^cp3\d+$/.test(name));
  const any = own === undefined || (abis.includes("abi3") && own !== "cp314");
  return any ? "3.13" : `3.${own.slice(3)}`;
}

/** One client, one Python and every project once: pip takes no two files of a project in one call. */
function batches(artifacts: readonly Artifact[]): Artifact[][] {
  const open: { key: string; projects: Set<string>; bytes: number; batch: Artifact[] }[] = [];
  for (const artifact of artifacts) {
    const key = artifact.registry === "npm" ? "npm" : pythonOf(artifact);
    let place = open.find(
      (one) =>
        one.key === key &&
        one.batch.length < batchFiles &&
        one.bytes + artifact.size < batchBytes &&
        !one.projects.has(artifact.project),
    );
    if (place === undefined) {
      place = { key, projects: new Set(), bytes: 0, batch: [] };
      open.push(place);
    }
    place.projects.add(artifact.project);
    place.bytes += artifact.size;
    place.batch.push(artifact);
  }
  return open.map(({ batch }) => batch);
}

async function inTurn<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
