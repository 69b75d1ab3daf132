import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { component } from "./components.ts";
import { succeed } from "./run.ts";

/** Settings of this machine's pip would add places that packages come from. */
const noPip = Object.fromEntries(
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
