import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, type RunResult, runProcess } from "@multiarch/process";
import { keep } from "../cache.ts";
import { examine } from "../examine.ts";
import type { Emulator, Guest, Surroundings } from "../types.ts";
import type { Fetched, Search, Source } from "./types.ts";

/**
 * Packages that hold emulators without libraries, the usual one first: Debian up to 12 and Ubuntu call it `-static`; from Debian 13 on
 * `qemu-user` itself is static. A dynamic one is noticed when it is examined.
 */
const packages = ["qemu-user-static", "qemu-user"];

/** Milliseconds: 70 MB over a slow line, and unpacking them. */
const limit = 600_000;

/**
 * The distribution's own package. Nothing is installed: apt downloads it and compares it with its signed index, and one file of it is
 * taken. First with the lists that the machine has; where they are missing or name a file that is gone, with fresh ones in a folder of
 * ours.
 */
export async function aptSource(surroundings: Surroundings): Promise<Source | null> {
  const { env } = surroundings;
  for (const tool of ["apt-get", "apt-cache", "dpkg-deb"]) {
    if ((await findExecutable(tool, env)) === null) return null;
  }
  const candidate = await candidateOf(surroundings, []);
  return {
    name: `apt ${candidate?.name ?? packages[0]}`,
    version: candidate?.version ?? null,
    pin: null,
    demanded: false,
    fetch: (guests, search) => fetch(candidate, guests, search),
  };
}

interface Candidate {
  readonly name: string;
  readonly version: string;
}

type Apt = readonly string[];

async function candidateOf(surroundings: Surroundings, apt: Apt): Promise<Candidate | null> {
  for (const name of packages) {
    const { stdout } = await run("apt-cache", [...apt, "policy", name], surroundings);
    const version = /^\s+Candidate:\s+(?:\d+:)?(\d+\.\d+(?:\.\d+)?)/m.exec(stdout)?.[1];
    if (version !== undefined) return { name, version };
  }
  return null;
}

async function fetch(
  candidate: Candidate | null,
  guests: readonly Guest[],
  search: Search,
): Promise<Fetched> {
  const { surroundings, workFolder } = search;
  const folder = join(workFolder, "apt");
  await mkdir(folder, { recursive: true });
  let file = candidate === null ? null : await download(candidate.name, folder, [], surroundings);
  let used = candidate;
  if (file === null) {
    const apt = await freshLists(join(workFolder, "apt-state"), surroundings);
    used = await candidateOf(surroundings, apt);
    file = used === null ? null : await download(used.name, folder, apt, surroundings);
  }
  if (file === null || used === null) {
    return { emulators: [], why: [`apt gives none of ${packages.join(", ")}`] };
  }
  return unpack(file, used, guests, search);
}

async function download(
  name: string,
  folder: string,
  apt: Apt,
  surroundings: Surroundings,
): Promise<string | null> {
  const result = await run("apt-get", [...apt, "download", name], surroundings, folder);
  const file = (await readdir(folder)).find((one) => one.endsWith(".deb"));
  if (result.code === 0 && file !== undefined) return join(folder, file);
  surroundings.log.info(`apt cannot download ${name}: ${result.tail.at(-1) ?? "no reason given"}`);
  return null;
}

/** Lists of our own, from the machine's own sources and keys: its own may only be renewed by root, and are not ours to renew. */
async function freshLists(folder: string, surroundings: Surroundings): Promise<Apt> {
  for (const part of ["state/lists/partial", "cache/archives/partial"]) {
    await mkdir(join(folder, part), { recursive: true });
  }
  const apt = [
    ...["-o", `Dir::State=${join(folder, "state")}`, "-o", "Dir::State::status=/dev/null"],
    ...["-o", `Dir::Cache=${join(folder, "cache")}`, "-o", "APT::Update::Error-Mode=any"],
  ];
  const { code, tail } = await run("apt-get", [...apt, "update"], surroundings);
  if (code !== 0) surroundings.log.info(`apt-get update: ${tail.at(-1) ?? `exit code ${code}`}`);
  return apt;
}

async function unpack(
  file: string,
  { name, version }: Candidate,
  guests: readonly Guest[],
  search: Search,
): Promise<Fetched> {
  const { surroundings, workFolder } = search;
  const folder = join(workFolder, "deb");
  const { code, tail } = await run("dpkg-deb", ["--extract", file, folder], surroundings);
  if (code !== 0) {
    throw new UserError("MA459", {
      what: `the package ${name} cannot be unpacked`,
      found: tail.at(-1) ?? `exit code ${code}`,
      where: file,
    });
  }
  await rm(file, { force: true });
  const source = `apt ${name} ${version}`;
  const why: string[] = [];
  const emulators: Emulator[] = [];
  const names = new Set(await readdir(join(folder, "usr/bin")));
  for (const guest of guests) {
    const own = [`${guest.qemu}-static`, guest.qemu].find((one) => names.has(one));
    if (own === undefined) {
      why.push(`${source} has no ${guest.qemu}`);
      continue;
    }
    const path = join(folder, "usr/bin", own);
    const examined = await examine(path, guest, search, { source, sha256: null });
    if (examined.emulator === null) why.push(examined.why);
    else emulators.push(await keep(examined.emulator, surroundings));
  }
  return { emulators, why };
}

function run(
  command: string,
  args: readonly string[],
  { env }: Surroundings,
  cwd?: string,
): Promise<RunResult> {
  const options = { env: { ...childEnvironment(env), LC_ALL: "C" }, timeoutMs: limit };
  // As root, apt would read the net as a user who may not enter the job's folders.
  const all = command === "apt-get" ? ["-q", "-o", "APT::Sandbox::User=root", ...args] : args;
  return runProcess(command, all, cwd === undefined ? options : { ...options, cwd });
}
