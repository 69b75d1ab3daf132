import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** What is fetched is kept here, as by the slow suites of the tests. */
export const cache =
  process.env.MULTIARCH_TEST_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "multiarch-test");

/** The node command of a major version, installed by the script that the tests use. */
export function nodeCommand(major) {
  const folder = join(cache, "nodes");
  const command = join(folder, `node${major}`, "bin", "node");
  if (!existsSync(command)) {
    mkdirSync(folder, { recursive: true });
    const script = join(root, "test/components/get-node.sh");
    execFileSync("bash", [script, folder], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return command;
}

/** Unpacks an npm package into the cache, without its dependencies and scripts. Returns its folder. */
export function npmPackage(name, version) {
  const folder = join(cache, "bench", `${name.replace("/", "-")}-${version}`);
  if (existsSync(folder)) return folder;
  const staged = `${folder}.new`;
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  const options = { cwd: staged, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("npm", ["pack", "--silent", `${name}@${version}`], options);
  const tarball = readdirSync(staged).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack made nothing of ${name}`);
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1"], options);
  rmSync(join(staged, tarball));
  renameSync(staged, folder);
  return folder;
}
