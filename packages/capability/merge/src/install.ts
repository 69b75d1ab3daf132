import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fitsTarget } from "@multiarch/binary";
import type { InstallResult, ReleasePackage } from "@multiarch/contracts";
import { childEnvironment, findExecutable, runProcess } from "@multiarch/process";
import { parseTarget, platformsOfWheel, servesTarget } from "@multiarch/targets";
import type { InstallRequest } from "./install-request.ts";
import { tryAddons } from "./installed-addons.ts";
import { type InstalledPlaces, lastLines, tryCommands } from "./installed-commands.ts";

const timeoutMs = 180_000;

/** Installs what was made for this machine, offline, with each package manager that is here, and starts every command. */
export async function testInstalls(request: InstallRequest): Promise<InstallResult[]> {
  const fitting = await targetsThatFit(request);
  const results: InstallResult[] = [];
  const mains = request.packages.filter(({ kind, main }) => kind === "npm" && main);
  for (const main of mains) results.push(await viaNpm(request, main, fitting));
  const owners = new Set(
    request.packages.filter(({ kind }) => kind === "wheel").map((one) => one.package),
  );
  for (const owner of owners) results.push(await viaPip(request, owner, fitting));
  return results;
}

/** Asked targets whose files this machine can run; judged by their bytes. */
async function targetsThatFit({ files, host }: InstallRequest): Promise<Set<string>> {
  const own = host.target === null ? undefined : parseTarget(host.target).rows[0];
  if (own === undefined) return new Set();
  return new Set(
    files.filter(({ facts }) => fitsTarget(facts, own).length === 0).map(({ target }) => target),
  );
}

async function viaNpm(
  request: InstallRequest,
  main: ReleasePackage,
  fitting: ReadonlySet<string>,
): Promise<InstallResult> {
  const { environment, packages, folder, host } = request;
  const notRun = result(main.name, "npm", "not-run");
  const platform = packages.find(
    (one) =>
      one.kind === "npm" &&
      one.package === main.package &&
      one.target !== null &&
      fitting.has(one.target),
  );
  if (platform === undefined) return notRun("no package was made for this machine");
  const npm = await findExecutable("npm", environment);
  if (npm === null) return notRun("there is no npm on PATH");
  return inTemporaryFolder(request, async (home) => {
    await writeFile(join(home, "package.json"), '{"private":true}\n');
    const env = childEnvironment(environment, {
      npm_config_cache: join(home, "cache"),
      npm_config_update_notifier: "false",
    });
    const version = await runProcess(npm, ["--version"], { env, cwd: home, timeoutMs });
    const required = requiredAs(platform, main);
    // Under an alias npm takes a tarball of another name; without one it reads the name from the tarball.
    const alias = required === platform.name ? "" : `${required}@file:`;
    const tarballs = [`${alias}${join(folder, platform.file)}`, join(folder, main.file)];
    const flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const run = await runProcess(npm, ["install", ...flags, ...tarballs], {
      env,
      cwd: home,
      timeoutMs,
    });
    const finish = result(
      main.name,
      "npm",
      run.code === 0 ? "ok" : "failed",
      version.stdout.trim(),
    );
    if (run.code !== 0) return finish(lastLines(run));
    const modules = join(home, "node_modules");
    const places: InstalledPlaces = {
      program: (bin) => join(modules, required, "bin", bin),
      command: (bin) => join(modules, ".bin", bin),
      suffix: host.os === "windows" ? ".cmd" : "",
    };
    const broken =
      (await tryCommands(request, platform, places, env)) ??
      (await tryAddons(request, platform, join(modules, required), env));
    return broken === null
      ? finish(null)
      : result(main.name, "npm", "failed", version.stdout.trim())(broken);
  });
}

/** The folder that a platform package gets: in the layout alias not its name, which all of them share. */
function requiredAs(platform: ReleasePackage, main: ReleasePackage): string {
  const isAlias = platform.name === main.name;
  return isAlias ? main.name + platform.version.slice(main.version.length) : platform.name;
}

async function viaPip(
  request: InstallRequest,
  owner: string,
  fitting: ReadonlySet<string>,
): Promise<InstallResult> {
  const { environment, folder, host } = request;
  const wheel = wheelForHost(request, owner, fitting);
  if (wheel === undefined)
    return result(owner, "pip", "not-run")("no wheel was made for this machine");
  const notRun = result(wheel.name, "pip", "not-run");
  const python =
    (await findExecutable("python3", environment)) ?? (await findExecutable("python", environment));
  if (python === null) return notRun("there is no Python on PATH");
  return inTemporaryFolder(request, async (home) => {
    const env = childEnvironment(environment, { PIP_DISABLE_PIP_VERSION_CHECK: "1" });
    const version = await runProcess(python, ["-m", "pip", "--version"], {
      env,
      cwd: home,
      timeoutMs,
    });
    if (version.code !== 0) return notRun("this Python has no pip");
    const pip = /^pip (\S+)/.exec(version.stdout)?.[1] ?? "unknown";
    const target = join(home, "site");
    const flags = ["--no-index", "--no-deps", "--no-cache-dir", "--quiet", "--target", target];
    const ours = fitting.has(wheel.target ?? "");
    // Of wheels for several Pythons pip knows best which one is for it.
    const which = ours
      ? [join(folder, wheel.file)]
      : [
          "--find-links",
          join(folder, "wheels"),
          "--only-binary=:all:",
          `${wheel.name}==${wheel.version}`,
        ];
    const args = ["-m", "pip", "install", ...flags, ...which];
    const run = await runProcess(python, args, { env, cwd: home, timeoutMs });
    if (!ours && /No matching distribution found/.test(run.stderr)) {
      return notRun("none of the wheels is for this Python and this machine");
    }
    if (run.code !== 0) return result(wheel.name, "pip", "failed", pip)(lastLines(run));
    const scripts = join(target, host.os === "windows" ? "Scripts" : "bin");
    const script = (bin: string): string => join(scripts, bin);
    const suffix = host.os === "windows" ? ".exe" : "";
    const places = { program: script, command: script, suffix };
    const broken = await tryCommands(request, wheel, places, env);
    return result(wheel.name, "pip", broken === null ? "ok" : "failed", pip)(broken);
  });
}

/** A wheel of ours whose programs run here, else one whose tags say that it is for this machine. */
function wheelForHost(
  { packages, host }: InstallRequest,
  owner: string,
  fitting: ReadonlySet<string>,
): ReleasePackage | undefined {
  const wheels = packages.filter((one) => one.kind === "wheel" && one.package === owner);
  const own = host.target === null ? null : parseTarget(host.target);
  return (
    wheels.find(({ target }) => target !== null && fitting.has(target)) ??
    wheels.find(({ file }) => {
      const platforms = platformsOfWheel(basename(file));
      return platforms.includes("any") || (own !== null && servesTarget(platforms, own));
    })
  );
}

async function inTemporaryFolder(
  { temporaryFolder }: InstallRequest,
  work: (folder: string) => Promise<InstallResult>,
): Promise<InstallResult> {
  await mkdir(temporaryFolder, { recursive: true });
  const folder = await mkdtemp(join(temporaryFolder, "install-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function result(name: string, manager: string, status: InstallResult["status"], version = "none") {
  return (why: string | null): InstallResult => ({ package: name, manager, version, status, why });
}
