import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { rows } from "@multiarch/targets";
import { buildNpmPackages, type NpmSettings, type PackagedBinary } from "../src/index.ts";
import { factsOf, meta, settings, temporary, untar, written, writtenAddon } from "./fixtures.ts";

/** Names of the processor and system on which the tests run, in facts' words. */
export const host = `${process.platform}-${process.arch}`;
const systems = { win32: "windows", darwin: "darwin", linux: "linux", freebsd: "freebsd" } as const;
export const hostFacts = factsOf({
  os: systems[process.platform as keyof typeof systems],
  arch: process.arch as "x64",
});

export interface Installed {
  /** Folder of `node_modules/tool`. */
  readonly main: string;
  readonly modules: string;
  /** A folder like that of the platform package with this suffix. */
  folder(suffix: string): string;
}

/**
 * A project with the main package installed as a package manager would, made for the given platforms, and nothing else.
 * It is for an executable `tool`, and for an addon where the settings have one; `onlyAddon` leaves the executable out.
 */
export async function installMain(
  platforms: readonly Partial<PackagedBinary["facts"]>[],
  changes: Partial<NpmSettings> = {},
  { onlyAddon = false } = {},
): Promise<Installed> {
  const own: NpmSettings = { ...settings, ...changes };
  const binaries: PackagedBinary[] = [];
  for (const [index, facts] of platforms.entries()) {
    // Only that they differ counts: where a package goes is read from its facts.
    const target = rows[index]?.id ?? "";
    const all = { ...hostFacts, ...facts };
    if (!onlyAddon) binaries.push(await written(target, all));
    if (own.addon != null) binaries.push(await writtenAddon(target, all, own.addon));
  }
  const outputFolder = await temporary();
  const packages = await buildNpmPackages({ settings: own, meta, binaries, outputFolder });
  const modules = join(await temporary(), "node_modules");
  const folder = join(modules, own.main);
  await mkdir(folder, { recursive: true });
  const project = { private: true, dependencies: { [own.main]: meta.version } };
  await writeFile(join(modules, "../package.json"), JSON.stringify(project));
  for (const member of await untar(packages.at(-1)?.file ?? "")) {
    const path = join(folder, member.name.slice("package/".length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, member.content);
    await chmod(path, member.mode);
  }
  const prefix = own.layout === "alias" ? `${own.main}-` : "@tool/";
  return { main: folder, modules, folder: (suffix) => join(modules, prefix + suffix) };
}

/** Puts a platform package into `folder`, with a real program of this machine as its executable. */
export async function installPlatform(
  folder: string,
  program = "/bin/sh",
  version = meta.version,
): Promise<string> {
  await mkdir(join(folder, "bin"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ version }));
  const file = join(folder, "bin", process.platform === "win32" ? "tool.exe" : "tool");
  // Nothing is started on Windows, where links need a privilege.
  if (process.platform === "win32") await writeFile(file, "");
  else await symlink(program, file);
  return file;
}

/** What a launcher shall believe of its machine. */
export interface Pretended {
  readonly platform?: string;
  readonly arch?: string;
  /** The Node that runs it. */
  readonly execPath?: string;
  /** Name of the first processor. */
  readonly processor?: string;
  /** Paths that seem to be there, and that seem not to be. */
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  /** Programs that the system refuses to start, with EACCES. */
  readonly refused?: readonly string[];
}

/** Variables for a Node that believes it: what no machine of ours can be. */
export async function pretend(what: Pretended): Promise<Record<string, string>> {
  const file = join(await temporary(), "pretend.cjs");
  await writeFile(
    file,
    `const { processor, present = [], absent = [], refused = [], ...own } = ${JSON.stringify(what)};
for (const [key, value] of Object.entries(own)) Object.defineProperty(process, key, { value });
if (processor) require("node:os").cpus = () => [{ model: processor }];
const fs = require("node:fs");
const { existsSync, accessSync } = fs;
const { execve } = process;
const check = (path) => {
  if (refused.includes(path)) throw Object.assign(Error("refused"), { code: "EACCES" });
};
fs.accessSync = (path, mode) => (check(path), accessSync(path, mode));
if (execve) process.execve = (path, ...more) => (check(path), execve.call(process, path, ...more));
fs.existsSync = (path) => present.includes(path) || (!absent.includes(path) && existsSync(path));
`,
  );
  return { NODE_OPTIONS: `--require ${JSON.stringify(file)}` };
}

/** What a script prints in a Node of its own, or the message of the error that ends it; `args` follow in process.argv from 1. */
export function evaluate(
  script: string,
  args: readonly string[],
  options: { readonly node?: string; readonly env?: Record<string, string> } = {},
): string {
  const { node = process.execPath, env = {} } = options;
  const guarded = `try { console.log(${script}) } catch (error) { console.log(error.message) }`;
  const { stdout, stderr } = spawnSync(node, ["-e", guarded, ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  return stdout.trim() + stderr;
}

/** What `binaryPath(...args)` of the main package answers. */
export function ask({ main }: Installed, ...args: string[]): string {
  return evaluate("require(process.argv[1]).binaryPath(...process.argv.slice(2))", [main, ...args]);
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the installed command; `during` sees the process with everything it printed so far. */
export function launch(
  installed: Installed,
  args: readonly string[],
  options: {
    readonly node?: string;
    readonly env?: Record<string, string>;
    /** For Node itself. */
    readonly flags?: readonly string[];
    readonly during?: (child: ChildProcessWithoutNullStreams, output: string) => void;
  } = {},
): Promise<Ended> {
  const { node = process.execPath, env = {}, flags = [], during } = options;
  const launcher = join(installed.main, "bin", "tool.js");
  const child = spawn(node, [...flags, launcher, ...args], {
    env: { PATH: process.env.PATH, ...env },
  });
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    during?.(child, output);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
}
