import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fitsTarget } from "@multiarch/binary";
import type { InstallResult, ReleasePackage } from "@multiarch/contracts";
import type { Log } from "@multiarch/diagnostics";
import type { HostFacts } from "@multiarch/host";
import { childEnvironment, findExecutable, type RunResult, runProcess } from "@multiarch/process";
import { parseTarget } from "@multiarch/targets";
import type { ExaminedFile } from "./examine.ts";

export interface InstallRequest {
  /** The release folder that is being made. */
  readonly folder: string;
  readonly packages: readonly ReleasePackage[];
  readonly files: readonly ExaminedFile[];
  readonly host: HostFacts;
  readonly environment: NodeJS.ProcessEnv;
  readonly temporaryFolder: string;
  readonly smoke: readonly string[];
  readonly log: Log;
}

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
  const { environment, packages, folder } = request;
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
    const tarballs = [platform, main].map(({ file }) => join(folder, file));
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
    const broken = await startAll(request, main.package, join(home, "node_modules", ".bin"), env);
    return broken === null
      ? finish(null)
      : result(main.name, "npm", "failed", version.stdout.trim())(broken);
  });
}

async function viaPip(
  request: InstallRequest,
  owner: string,
  fitting: ReadonlySet<string>,
): Promise<InstallResult> {
  const { environment, packages, folder, host } = request;
  const wheel = packages.find(
    (one) =>
      one.kind === "wheel" &&
      one.package === owner &&
      one.target !== null &&
      fitting.has(one.target),
  );
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
    const args = ["-m", "pip", "install", ...flags, join(folder, wheel.file)];
    const run = await runProcess(python, args, { env, cwd: home, timeoutMs });
    if (run.code !== 0) return result(wheel.name, "pip", "failed", pip)(lastLines(run));
    const scripts = join(target, host.os === "windows" ? "Scripts" : "bin");
    const broken = await startAll(request, owner, scripts, env);
    return result(wheel.name, "pip", broken === null ? "ok" : "failed", pip)(broken);
  });
}

/** Starts each command of a package; a program may not know the arguments, but a signal or a loader's error is a failure. */
async function startAll(
  { files, smoke, host, temporaryFolder }: InstallRequest,
  owner: string,
  folder: string,
  env: Record<string, string>,
): Promise<string | null> {
  const bins = new Set(files.filter((file) => file.package === owner).map(({ bin }) => bin));
  for (const bin of bins) {
    const npmShim = host.os === "windows" && folder.endsWith(".bin");
    const suffix = host.os === "windows" ? (npmShim ? ".cmd" : ".exe") : "";
    const command = join(folder, `${bin}${suffix}`);
    const run = await runProcess(command, smoke, { env, cwd: temporaryFolder, timeoutMs: 60_000 });
    const loader = run.code === 126 || run.code === 127 || run.code === null;
    if (loader) return `${bin} ${smoke.join(" ")}: ${lastLines(run)}`;
  }
  return null;
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

function lastLines({ stdout, stderr, code, signal, timedOut }: RunResult): string {
  const ended = timedOut
    ? "it took too long"
    : signal === null
      ? `exit ${code}`
      : `signal ${signal}`;
  const text = (stderr.trim() || stdout.trim()).split("\n").slice(-8).join(" | ");
  return text === "" ? ended : `${ended}: ${text}`;
}
