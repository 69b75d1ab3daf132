import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReleasePackage } from "@multiarch/contracts";
import { findExecutable, runProcess } from "@multiarch/process";
import type { InstallRequest } from "./install-request.ts";
import { hashOf, isOf, lastLines } from "./installed-commands.ts";

/**
 * Whether the addon of an installed platform package works: its file is the one that was built, and Node loads it. It is
 * loaded by the package itself, because the main package may need others that are not here.
 * @returns what is wrong, or `null`
 */
export async function tryAddons(
  { files, smoke, temporaryFolder }: InstallRequest,
  made: ReleasePackage,
  folder: string,
  env: Record<string, string>,
): Promise<string | null> {
  const addon = files.find((file) => file.kind === "addon" && isOf(file, made));
  if (addon === undefined) return null;
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    main?: string;
  };
  const path = join(folder, manifest.main ?? "index.node");
  const found = await hashOf(path);
  if (found !== addon.sha256) {
    return `${made.name}: ${path} is ${found === null ? "missing" : "not the file that was built"}`;
  }
  const node = smoke === null ? null : await findExecutable("node", env);
  if (node === null) return null;
  const options = { env, cwd: temporaryFolder, timeoutMs: 60_000 };
  const run = await runProcess(node, ["-e", "require(process.argv[1])", folder], options);
  return run.code === 0 ? null : `require of ${made.name}: ${lastLines(run)}`;
}
