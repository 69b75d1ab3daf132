import { chmod, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { call, failure, succeeded } from "./command.ts";
import { releases } from "./data/releases.ts";
import { expectedHash, fetchProgram, hashOf, inTable, listReleases } from "./fetch.ts";
import { dockerFolder } from "./folders.ts";
import { findInstalled, type Installed } from "./installed.ts";
import { platformOf } from "./platform.ts";
import { assetName, type Source, sourceOf } from "./sources.ts";
import type { Buildx, Surroundings, Wishes } from "./types.ts";
import { newestOf, readVersion, satisfies, type VersionWish, versionIn } from "./version.ts";

export type BuildxWish = Pick<Wishes, "version" | "checksum" | "cacheBinary">;

/**
 * The buildx to use: one that is installed when it is what is wished for, else a release, checked by its hash before it is
 * executed, also when it comes from the tool cache. With docker it becomes docker's plugin, as later steps expect it.
 * @throws UserError MA480 to MA484, MA498, and those of downloads
 */
export async function findBuildx(
  { version, checksum, cacheBinary }: BuildxWish,
  surroundings: Surroundings,
  docker: boolean,
): Promise<Buildx> {
  const { log } = surroundings;
  const wish = await readVersion(version);
  const hash = readChecksum(checksum);
  const installed = await findInstalled(surroundings, docker);
  const use = ({ path, version: found }: Installed, why: string): Buildx => {
    log.info(`buildx ${found ?? "of unknown version"} is installed${why}: ${path}`);
    return { path, version: found ?? "", source: "installed", addToPath: null };
  };
  if (installed !== null && (await fits(installed, wish, hash))) return use(installed, "");
  const source = sourceOf(surroundings.env);
  const platform = platformOf(surroundings);
  if (platform === null) throw noRelease(surroundings);
  const chosen = await chooseVersion(wish, platform, source, surroundings);
  // Only now is known what the latest is.
  const exact: VersionWish = { kind: "exact", version: chosen };
  if (installed !== null && (await fits(installed, exact, hash))) {
    return use(installed, " and the latest");
  }
  const expected = await expectedHash(chosen, platform, hash, { ...surroundings, source });
  log.info(`buildx ${chosen}: sha256 ${expected.sha256}, by ${expected.from}`);
  const folder = cacheBinary
    ? join(surroundings.toolCache, `buildx-${chosen}-${expected.sha256.slice(0, 16)}`)
    : await temporary(surroundings);
  const program = join(folder, surroundings.platform === "win32" ? "buildx.exe" : "buildx");
  const cached = await take(program, expected.sha256, surroundings, () =>
    fetchInto(program, chosen, platform, expected.sha256, source, surroundings),
  );
  await prove(program, chosen, surroundings);
  const path = docker ? await plugIn(program, expected.sha256, surroundings) : program;
  return {
    path,
    version: chosen,
    source: cached ? "tool cache" : "download",
    addToPath: docker ? null : dirname(program),
  };
}

async function fits(
  { path, version }: Installed,
  wish: VersionWish,
  hash: string | null,
): Promise<boolean> {
  const known = version !== null && (await satisfies(version, wish));
  if (!known && wish.kind !== "any") return false;
  return hash === null || (await hashOf(path)) === hash;
}

function readChecksum(text: string | null): string | null {
  if (text === null) return null;
  const hash = text.replace(/^sha256:/i, "").toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new UserError("MA484", {
    what: "the checksum of buildx is no sha256",
    expected: "64 hex digits",
    found: text,
    where: "checksum",
  });
}

async function chooseVersion(
  wish: VersionWish,
  platform: string,
  source: Source,
  surroundings: Surroundings,
): Promise<string> {
  if (wish.kind === "exact") return wish.version;
  if (wish.kind !== "latest") {
    const ours = releases.map(({ version }) => version).filter((one) => inTable(one, platform));
    const found = await newestOf(ours, wish);
    if (found !== null) return found;
  }
  const found = await newestOf(await listReleases(source, surroundings), wish);
  if (found !== null) return found;
  throw new UserError("MA482", {
    what: "no release of buildx is what is wished for",
    expected: wish.kind === "range" ? wish.range : wish.kind,
    where: source.list,
  });
}

function noRelease({ platform, arch }: Surroundings): UserError {
  return new UserError("MA480", {
    what: "there is no buildx for this machine to download",
    found: `${platform} ${arch}`,
  });
}

async function temporary({ temporaryFolder }: Surroundings): Promise<string> {
  await mkdir(temporaryFolder, { recursive: true });
  return mkdtemp(join(temporaryFolder, "multiarch-buildx-"));
}

/** True when the file was there and had every byte right. A wrong one is replaced, never mended. */
async function take(
  program: string,
  sha256: string,
  { log }: Surroundings,
  make: () => Promise<void>,
): Promise<boolean> {
  const found = await hashOf(program);
  if (found === sha256) return true;
  if (found !== null)
    log.warning(`${program} is not the buildx that was put there; it is replaced`);
  await make();
  return false;
}

async function fetchInto(
  program: string,
  version: string,
  platform: string,
  sha256: string,
  source: Source,
  surroundings: Surroundings,
): Promise<void> {
  await mkdir(dirname(program), { recursive: true });
  // Executable before it has its name: whoever finds it can start it.
  const aside = await mkdtemp(join(dirname(program), ".part-"));
  try {
    const destination = join(aside, "buildx");
    const url = source.file(version, assetName(version, platform));
    await fetchProgram({ url, sha256, destination }, source, surroundings);
    await chmod(destination, 0o755);
    await rename(destination, program);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** A file with the right hash may still not run here: another processor, a folder without permission to execute. */
async function prove(program: string, version: string, surroundings: Surroundings): Promise<void> {
  const result = await call(program, ["version"], surroundings, { timeoutMs: 60_000 });
  if (!succeeded(result)) throw failure("MA497", "buildx does not run", result);
  if (versionIn(result.stdout) !== version) {
    throw failure("MA497", `buildx says another version than ${version}`, result);
  }
}

/** Puts the program where docker looks first. An equal file is left alone, another is replaced at once or not at all. */
async function plugIn(
  program: string,
  sha256: string,
  surroundings: Surroundings,
): Promise<string> {
  const folder = join(dockerFolder(surroundings), "cli-plugins");
  const name = surroundings.platform === "win32" ? "docker-buildx.exe" : "docker-buildx";
  const plugin = join(folder, name);
  if ((await hashOf(plugin)) === sha256) return plugin;
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(plugin, await readFile(program), 0o755);
  return plugin;
}
