import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { component, full } from "./components.ts";
import { run, succeed } from "./run.ts";

/** Settings of this machine's pip would add places that packages come from. */
export const noPip = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(?:PIP_|PYTHON)/.test(name))
    .map((name) => [name, undefined]),
);

/** Installs a wheel by its project's name into a new environment, from one folder and no index. @returns the folder of its commands */
export async function pipInstall(name: string, wheels: string, folder: string): Promise<string> {
  const environment = join(folder, "venv");
  const options = { cwd: folder, env: { ...noPip, PIP_CONFIG_FILE: "/dev/null" } };
  await succeed("python3", ["-m", "venv", environment], options);
  const bin = join(environment, "bin");
  const flags = ["--no-index", "--find-links", wheels, "--no-cache-dir"];
  await succeed(join(bin, "pip"), ["install", ...flags, name], options);
  return bin;
}

const parse = `
import sys
from packaging.utils import parse_wheel_filename
for name in sys.argv[1:]:
    project, version, build, tags = parse_wheel_filename(name, validate_order=True)
    print(project, version, *sorted(map(str, tags)))
`;

/** What Python's own library reads from names of wheels, one line each. @throws for a name that an index would refuse */
export async function parseWheelNames(names: readonly string[], cwd: string): Promise<string[]> {
  const python = join(component("get-packaging.sh", "packaging"), "bin/python");
  const output = await succeed(python, ["-c", parse, ...names], { cwd, env: noPip });
  return output.trimEnd().split("\n");
}

/** What Python's tools say of one package: their reason for each that refuses it. */
export interface PythonVerdict {
  readonly path: string;
  readonly refused: Readonly<Record<string, string>>;
}

/** Holds packages against pip, wheel, packaging, zipfile and tarfile; `zip` asks zipfile only. */
export async function askPython(
  kind: "wheel" | "sdist" | "zip",
  paths: readonly string[],
  folder: string,
): Promise<PythonVerdict[]> {
  const python = join(component("get-packaging.sh", "packaging"), "bin/python");
  const script = join(import.meta.dirname, "read-wheels.py");
  const list = join(folder, `${kind}.txt`);
  writeFileSync(list, `${paths.join("\n")}\n`);
  const command = '"$0" "$1" "$2" "$3" < "$4"';
  const output = await succeed("sh", ["-c", command, python, script, folder, kind, list], {
    cwd: folder,
    env: { ...noPip, PIP_CONFIG_FILE: "/dev/null" },
  });
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as PythonVerdict);
}

/** Pythons of this machine that can make environments: `python3`, and in the whole suite every `python3.N`. */
export async function pythonVersions(cwd: string): Promise<string[]> {
  const minors = full ? [8, 9, 10, 11, 12, 13, 14] : [];
  const found: string[] = [];
  for (const command of ["python3", ...minors.map((minor) => `python3.${minor}`)]) {
    const { code } = await run(command, ["-c", "import venv, ensurepip"], {
      cwd,
      env: noPip,
    }).catch(() => ({ code: 127 }));
    if (code === 0) found.push(command);
  }
  return found;
}

/** What `pip download` takes from a folder for one platform, by the very word. @returns names of files; none: pip finds nothing */
export async function pipDownloads(
  project: string,
  wheels: string,
  platform: string,
  folder: string,
): Promise<string[]> {
  const python = join(component("get-packaging.sh", "packaging"), "bin/python");
  const to = mkdtempSync(join(folder, "downloaded-"));
  const which = ["--platform", platform, "--only-binary=:all:", "--python-version", "3.13"];
  const args = [
    "-m",
    "pip",
    "download",
    "--no-index",
    "--no-deps",
    "--find-links",
    wheels,
    ...which,
  ];
  const { code, output } = await run(python, [...args, "-d", to, project], {
    cwd: folder,
    env: { ...noPip, PIP_CONFIG_FILE: "/dev/null" },
  });
  if (code !== 0 && !output.includes("No matching distribution")) throw new Error(output);
  return readdirSync(to);
}
