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
