import { dirname, join, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { insideName, isFile, readText } from "../files.ts";
import { expandFolders } from "../globs.ts";
import { parseToml, string, strings, type Table, table } from "./toml.ts";

export interface LoadedManifest {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Table;
}

/**
 * The workspace that a package belongs to: the one it names, else the nearest above whose `exclude` does not name it.
 * `null` for a package on its own.
 */
export async function findWorkspace(own: LoadedManifest): Promise<LoadedManifest | null> {
  const folder = dirname(own.path);
  const named = string(table(own.manifest.package).workspace);
  if (named !== null) return loadManifest(resolve(folder, named, "Cargo.toml"));
  for (let above = dirname(folder), at = folder; above !== at; at = above, above = dirname(above)) {
    const path = join(above, "Cargo.toml");
    const text = await readText(path);
    if (text === null) continue;
    const manifest = await parseToml(text, path);
    if (manifest.workspace === undefined) continue;
    const excluded = strings(table(manifest.workspace).exclude).some((pattern) => {
      const excludedFolder = resolve(above, pattern);
      return excludedFolder === folder || insideName(excludedFolder, folder) !== null;
    });
    return excluded ? null : { path, manifest };
  }
  return null;
}

/** Every package of a workspace, and the names of its `default-members`. */
export async function workspaceMembers(
  root: LoadedManifest,
): Promise<{ all: LoadedManifest[]; defaults: string[] | null }> {
  const folder = dirname(root.path);
  const workspace = table(root.manifest.workspace);
  const excluded = strings(workspace.exclude).map((pattern) => resolve(folder, pattern));
  const isExcluded = (path: string): boolean =>
    excluded.some((one) => one === path || insideName(one, path) !== null);
  const inside = (paths: string[]): string[] =>
    paths.filter((path) => insideName(folder, path) !== null);
  const members = new Map<string, LoadedManifest>();
  const waiting: string[] = [];
  if (root.manifest.package !== undefined) {
    members.set(folder, root);
    waiting.push(...inside(pathDependencies(root, root)));
  }
  for (const pattern of strings(workspace.members)) {
    waiting.push(...(await memberFolders(folder, pattern)));
  }
  // A path dependency inside the workspace's folder is a member without being named.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (members.has(next) || isExcluded(next)) continue;
    const path = join(next, "Cargo.toml");
    const text = await readText(path);
    if (text === null) continue;
    const shown = insideName(folder, path) ?? path;
    const member = { path, manifest: await parseToml(text, shown) };
    if (member.manifest.package === undefined) continue;
    members.set(next, member);
    waiting.push(...inside(pathDependencies(member, root)));
  }
  const defaults = workspace["default-members"];
  if (defaults === undefined) return { all: [...members.values()], defaults: null };
  const folders: string[] = [];
  for (const pattern of strings(defaults)) folders.push(...(await memberFolders(folder, pattern)));
  const names = folders.map((one) => string(table(members.get(one)?.manifest.package).name));
  return { all: [...members.values()], defaults: names.filter((name) => name !== null) };
}

/** @throws UserError MA133 when a member that is named without a wildcard has no manifest */
async function memberFolders(folder: string, pattern: string): Promise<string[]> {
  if (/[*?]/.test(pattern)) return expandFolders(folder, pattern);
  const named = resolve(folder, pattern);
  if (await isFile(join(named, "Cargo.toml"))) return [named];
  throw new UserError("MA133", {
    what: `the workspace member ${pattern} has no Cargo.toml`,
    where: join(folder, "Cargo.toml"),
  });
}

/** Folders of the dependencies that a package names by path, directly or through the workspace's table. */
function pathDependencies(member: LoadedManifest, root: LoadedManifest): string[] {
  const shared = table(table(root.manifest.workspace).dependencies);
  const kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
  const places = [member.manifest, ...Object.values(table(member.manifest.target)).map(table)];
  return places.flatMap((place) =>
    kinds.flatMap((kind) =>
      Object.entries(table(place[kind])).flatMap(([name, dependency]) => {
        const own = string(table(dependency).path);
        if (own !== null) return [resolve(dirname(member.path), own)];
        if (table(dependency).workspace !== true) return [];
        const path = string(table(shared[name]).path);
        return path === null ? [] : [resolve(dirname(root.path), path)];
      }),
    ),
  );
}

async function loadManifest(path: string): Promise<LoadedManifest> {
  const text = await readText(path);
  if (text === null) {
    throw new UserError("MA133", {
      what: "the workspace that the package names does not exist",
      where: path,
    });
  }
  return { path, manifest: await parseToml(text, path) };
}
