import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { component } from "./components.ts";
import { type Ran, run } from "./run.ts";

/** What a system has without anything being installed. No git, no compiler, no Python. */
const systemTools =
  "sh bash env cat ls mkdir rm cp mv ln uname tar gzip dirname basename grep sed head tail find sort tr cut chmod id date mktemp readlink realpath sleep ps true false";

/** Where `findGo` looks besides PATH and the user's folder. */
const usualPlaces = ["/usr/local/go", "/usr/lib/go", "/usr/lib/golang"].filter((place) =>
  existsSync(place),
);

export interface BareMachine {
  /** Whether no Go can be found: where it is installed, only root can hide it. */
  readonly withoutGo: boolean;
  /** Runs a line of shell in a folder, with an environment that holds nothing but the way to the network. */
  shell(line: string, cwd: string): Promise<Ran>;
}

/** A machine with nothing but one Node with its npm: a PATH and a home of its own in `folder`. Linux. */
export function bareMachine(node: 20 | 24, folder: string): BareMachine {
  const bin = join(folder, "bin");
  const home = join(folder, "home");
  for (const made of [bin, home]) mkdirSync(made, { recursive: true });
  symlinkSync(
    realpathSync(join(component("get-node.sh", "nodes"), `node${node}/bin/node`)),
    join(bin, "node"),
  );
  const npm = join(
    component("get-package-managers.sh", "pm"),
    "bin",
    node === 20 ? "npm10" : "npm11",
  );
  for (const name of ["npm", "npx"]) {
    symlinkSync(join(dirname(realpathSync(npm)), `${name}-cli.js`), join(bin, name));
  }
  for (const tool of systemTools.split(" ")) {
    const path = ["/bin", "/usr/bin"].map((at) => join(at, tool)).find((at) => existsSync(at));
    if (path !== undefined) symlinkSync(path, join(bin, tool));
  }
  const hidden = usualPlaces.length > 0 && canHide();
  const environment = Object.entries({ ...network(), HOME: home, PATH: bin }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return {
    withoutGo: hidden || usualPlaces.length === 0,
    shell(line, cwd) {
      const command = ["env", "-i", ...environment, "sh", "-c", line];
      if (!hidden) return run("env", command.slice(1), { cwd });
      const mounts = usualPlaces.map((place) => `mount -t tmpfs none ${place}`).join(" && ");
      const script = `${mounts} && exec "$@"`;
      return run("unshare", ["--mount", "sh", "-c", script, "sh", ...command], { cwd });
    },
  };
}

/** Whether this process may have a view of the file system of its own, in which a folder is covered by an empty one. */
function canHide(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["--mount", "sh", "-c", `mount -t tmpfs none ${usualPlaces[0]}`], {
      stdio: "ignore",
    });
    return true;
  } catch (error) {
    // No such command, or a container that may not: both are an answer.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** What this machine needs to reach registries: certificates, proxies, and the addresses that npm and Go are set to. */
function network(): Record<string, string> {
  const kept = /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|(?:HTTPS?|NO)_PROXY)$/i;
  const found = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    kept.test(name) && value !== undefined ? [[name, value]] : [],
  );
  const settings: readonly [string, readonly [string, ...string[]]][] = [
    ["npm_config_registry", ["npm", "config", "get", "registry"]],
    ["GOPROXY", ["go", "env", "GOPROXY"]],
  ];
  for (const [name, [command, ...args]] of settings) {
    const value = process.env[name] ?? answerOf(command, args);
    if (value !== "") found.push([name, value]);
  }
  return Object.fromEntries(found);
}

/** Empty where there is no such command. */
function answerOf(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch (error) {
    if (error instanceof Error) return "";
    throw error;
  }
}
