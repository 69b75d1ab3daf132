import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { cache } from "./components.ts";
import type { Family, Platform } from "./families.ts";
import { freshUser } from "./registry.ts";
import { succeed } from "./run.ts";

/** The publisher's npm package of a platform, unpacked by tar; kept between runs. @returns its folder */
export async function fetchNpm({ name, version }: Family, { npm }: Platform): Promise<string> {
  const folder = join(cache, "families", name, npm.replace("/", "+"), version);
  await once(folder, async (into) => {
    const env = freshUser(into);
    await succeed("npm", ["pack", "--silent", `${npm}@${version}`], { cwd: into, env });
    const [tarball = ""] = readdirSync(into).filter((file) => file.endsWith(".tgz"));
    await succeed("tar", ["-xzf", tarball, "--strip-components=1"], { cwd: into });
    rmSync(join(into, tarball));
  });
  return folder;
}

/** The publisher's wheel for a platform, by pip; kept between runs. @returns its path */
export async function fetchWheel(
  { name, version, project }: Family,
  { theirs = "" }: Platform,
): Promise<string> {
  const folder = join(cache, "families", name, "wheels", version, theirs);
  const flags = ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--python-version", "3.12"];
  const platforms = theirs.split(".").flatMap((tag) => ["--platform", tag]);
  await once(folder, async (into) => {
    const args = ["-m", "pip", "download", "--quiet", ...flags, ...platforms, "--dest", into];
    await succeed("python3", [...args, `${project}==${version}`], { cwd: into });
  });
  const [wheel = ""] = readdirSync(folder);
  return join(folder, wheel);
}

/** Fills a folder that is not there yet; it appears whole. */
async function once(folder: string, fill: (into: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const parent = join(folder, "..");
  mkdirSync(parent, { recursive: true });
  const into = mkdtempSync(join(parent, `.${basename(folder)}-`));
  try {
    await fill(into);
    renameSync(into, folder);
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
