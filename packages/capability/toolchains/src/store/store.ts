import { createHash } from "node:crypto";
import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanStale, stageBeside, withStaged } from "@multiarch/archive";
import { InternalError, type Log, UserError } from "@multiarch/diagnostics";
import { codeOf, readIfPresent } from "../files.ts";
import { byName, differenceFromManifest, type Manifest, parseManifest } from "./manifest.ts";

/** A tool that can be kept in the cache. */
export interface StoredTool {
  /** `go-1.26.7-linux-amd64` */
  readonly name: string;
  /** The hash that is known before anything is fetched. It is part of the folder's name: another hash is another folder. */
  readonly pinned: string;
  /** Whether a manifest can be one of this hash, as far as the hash can tell. */
  fits(manifest: Manifest): boolean;
}

/** A tool in the cache, compared with its manifest byte for byte. */
export interface InstalledTool {
  /** The folder of the tool itself. */
  readonly tree: string;
  readonly manifest: Manifest;
}

/** Fills `<staging>/tree`, verifies it against the pinned hash, and says what is in it. */
export type MakeTree = (staging: string) => Promise<Manifest["files"]>;

/** The name also changes with the layout inside, so that no version of ours meets the folders of another. */
export function folderOf(toolCache: string, tool: StoredTool): string {
  const hash = createHash("sha256").update(`multiarch.tool/1 ${tool.pinned}`).digest("hex");
  return join(toolCache, `${tool.name}-${hash.slice(0, 16)}`);
}

/** Tools that this process has compared already: a release of ten targets asks for one Go ten times. */
const compared = new Map<
  string,
  { readonly identity: string; readonly installed: InstalledTool }
>();

/** The tool, when it is in the cache and whole. Within one process a folder is compared once. */
export async function lookUp(
  toolCache: string,
  tool: StoredTool,
  log: Log,
): Promise<InstalledTool | null> {
  const final = folderOf(toolCache, tool);
  const identity = await identityOf(final);
  if (identity === null) return null;
  const known = compared.get(final);
  if (known?.identity === identity) return known.installed;
  const state = await inspect(final, tool);
  if (state.kind === "broken") log.info(`${tool.name} in the tool cache is broken: ${state.why}`);
  return state.kind === "whole" ? remember(final, identity, state.installed) : null;
}

function remember(final: string, identity: string | null, installed: InstalledTool): InstalledTool {
  if (identity !== null) compared.set(final, { identity, installed });
  return installed;
}

/**
 * Makes the tool in a folder aside and gives it its name at the end, whole: a kill at any moment leaves either nothing of that name or a whole tool.
 * Of several installers one wins, the others use what it made. A broken folder that stands in the way is moved aside, never mended.
 * @throws UserError MA411 when the cache cannot be written, MA352 when no name can be had; whatever `make` throws.
 */
export async function install(
  toolCache: string,
  tool: StoredTool,
  make: MakeTree,
  log: Log,
): Promise<InstalledTool> {
  const final = folderOf(toolCache, tool);
  for (const name of await cleanStale(toolCache))
    log.debug(`removed ${name}, left by a killed run`);
  return withStaged(final, async (staging) => {
    const files = [...(await make(staging))].sort(byName);
    const manifest: Manifest = { schema: "multiarch.tool/1", pinned: tool.pinned, files };
    if (!tool.fits(manifest)) throw new InternalError(`the manifest of ${tool.name} does not fit`);
    const ready = join(staging, "ready");
    await mkdir(ready);
    await rename(join(staging, "tree"), join(ready, "tree"));
    await writeFile(join(ready, "manifest.json"), JSON.stringify(manifest));
    const installed = await place(ready, final, tool, manifest, log);
    return remember(final, await identityOf(final), installed);
  });
}

async function place(
  ready: string,
  final: string,
  tool: StoredTool,
  manifest: Manifest,
  log: Log,
): Promise<InstalledTool> {
  for (let round = 0; round < 50; round++) {
    if (await renamed(ready, final)) {
      log.debug(`${tool.name} is in the tool cache: ${final}`);
      return { tree: join(final, "tree"), manifest };
    }
    const before = await identityOf(final);
    const state = await inspect(final, tool);
    if (state.kind === "whole") return state.installed;
    // Another installer may have put a whole tool in its place while this one was read: only what was judged is moved.
    if (state.kind === "broken" && before !== null && (await identityOf(final)) === before) {
      log.info(`${tool.name} in the tool cache is moved aside: ${state.why}`);
      // The next run clears it away, when nobody can be using it any more.
      const aside = await stageBeside(final);
      await renamed(final, join(aside, "broken"));
    }
  }
  throw new UserError("MA352", {
    what: `${tool.name} does not get its place in the tool cache`,
    expected: "a folder that can be renamed",
    found: "another one each time",
    where: final,
  });
}

type State =
  | { readonly kind: "absent" }
  | { readonly kind: "broken"; readonly why: string }
  | { readonly kind: "whole"; readonly installed: InstalledTool };

async function inspect(final: string, tool: StoredTool): Promise<State> {
  if ((await identityOf(final)) === null) return { kind: "absent" };
  try {
    const text = await readIfPresent(join(final, "manifest.json"));
    const manifest = text === null ? null : parseManifest(text);
    if (manifest === null) return { kind: "broken", why: "it has no manifest" };
    if (manifest.pinned !== tool.pinned || !tool.fits(manifest)) {
      return { kind: "broken", why: "its manifest is of something else" };
    }
    const tree = join(final, "tree");
    const why = await differenceFromManifest(tree, manifest);
    if (why !== null) return { kind: "broken", why };
    return { kind: "whole", installed: { tree, manifest } };
  } catch (error) {
    // A file that is listed but not there, not readable, or taken away while it was read.
    if (codeOf(error) === undefined) throw error;
    return { kind: "broken", why: String(codeOf(error)) };
  }
}

/** Tells one folder from another that took its name. */
async function identityOf(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await lstat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** False when something has that name already, or when `from` is gone. */
async function renamed(from: string, to: string): Promise<boolean> {
  for (let patience = 50; ; patience--) {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      const code = codeOf(error) ?? "";
      if (["ENOTEMPTY", "EEXIST", "ENOTDIR", "ENOENT"].includes(code)) return false;
      // On Windows a name that is taken gives one of these as well, and so does a scanner that still holds a new file.
      if (!["EPERM", "EACCES", "EBUSY"].includes(code) || process.platform !== "win32") throw error;
      if ((await identityOf(to)) !== null) return false;
      if (patience === 0) throw error;
      await sleep(100);
    }
  }
}
