import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { rows } from "@multiarch/targets";
import { buildNpmPackages, type PackagedBinary } from "../src/index.ts";
import { factsOf, meta, settings, temporary, untar, written } from "./fixtures.ts";

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
 * `glibc` is what the executables of bound platforms need.
 */
export async function installMain(
  platforms: readonly Partial<PackagedBinary["facts"]>[],
  main = "tool",
): Promise<Installed> {
  const binaries: PackagedBinary[] = [];
  for (const [index, facts] of platforms.entries()) {
    // Only that they differ counts: where a package goes is read from its facts.
    binaries.push(await written(rows[index]?.id ?? "", { ...hostFacts, ...facts }));
  }
  const packages = await buildNpmPackages({
    settings: { ...settings, main },
    meta,
    binaries,
    outputFolder: await temporary(),
  });
  const modules = join(await temporary(), "node_modules");
  const folder = join(modules, main);
  for (const member of await untar(packages.at(-1)?.file ?? "")) {
    const path = join(folder, member.name.slice("package/".length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, member.content);
    await chmod(path, member.mode);
  }
  return { main: folder, modules, folder: (suffix) => join(modules, "@tool", suffix) };
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
    readonly during?: (child: ChildProcessWithoutNullStreams, output: string) => void;
  } = {},
): Promise<Ended> {
  const { node = process.execPath, env = {}, during } = options;
  const launcher = join(installed.main, "bin", "tool.js");
  const child = spawn(node, [launcher, ...args], { env: { PATH: process.env.PATH, ...env } });
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
