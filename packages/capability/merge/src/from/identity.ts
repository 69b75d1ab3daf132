import { dirname, relative, resolve, sep } from "node:path";
import { type Log, UserError } from "@multiarch/diagnostics";
import { type Identity, readIdentity } from "@multiarch/project";

export interface IdentityRequest {
  /** Folders that files were taken from, absolute. */
  readonly roots: readonly string[];
  /** Where the command was given, or the action's working directory. */
  readonly cwd: string;
  readonly configPath?: string;
  /** What the user said; wins over every manifest. */
  readonly name: string | null;
  readonly version: string | null;
  readonly log: Log;
}

export interface FoundProject {
  /** `null`: there is none, only other projects' folders. */
  readonly root: string | null;
  readonly name: string;
}

/**
 * The folder of the project that the files belong to: the first one at or above them, not above the current folder, that
 * has a configuration or a manifest; else the folder of the files. A manifest of another name than the user's is another
 * project's, and then nothing of it counts: the packages would carry a stranger's licence.
 * @throws UserError MA739 when nobody says the name
 */
export async function findProject(request: IdentityRequest): Promise<FoundProject> {
  const { name, version, log } = request;
  let fallback = request.roots[0] ?? null;
  for (const folder of candidates(request)) {
    const identity = await readIdentity(folder, request.configPath).catch((error: unknown) => {
      // Above what the user named lies what the user may not even know.
      const known = folder === request.cwd || request.roots.includes(folder) || name === null;
      if (known || !(error instanceof UserError)) throw error;
      return null;
    });
    if (identity === null) continue;
    if (isStranger(identity, name)) {
      log.notice(
        `${identity.where} is for ${identity.name} and not for ${name}: nothing is taken from it`,
      );
      fallback = null;
      continue;
    }
    const known = name ?? identity.name;
    if (known === null) continue;
    for (const text of differences(identity, name, version)) log.warning(text);
    return { root: folder, name: known };
  }
  if (name !== null) return { root: fallback, name };
  throw new UserError("MA739", {
    what: "nothing says the name of the packages",
    expected: "--name, or package.json, Cargo.toml, pyproject.toml, go.mod or multiarch.yml",
    found: `none in ${candidates(request).join(", ")}`,
  });
}

/** Another project's, unless our own configuration shows that the folder is meant. */
function isStranger(identity: Identity, name: string | null): boolean {
  return name !== null && identity.name !== null && identity.name !== name && !identity.configured;
}

function differences(identity: Identity, name: string | null, version: string | null): string[] {
  const found: string[] = [];
  if (name !== null && identity.name !== null && identity.name !== name) {
    found.push(`${identity.where} says the name ${identity.name}; ${name} is what was asked for`);
  }
  if (version !== null && identity.version !== null && identity.version !== version) {
    found.push(
      `${identity.where} says version ${identity.version}; ${version} is what was asked for`,
    );
  }
  return found;
}

/** With a configuration that was named only the current folder, which its name is relative to. */
function candidates({ roots, cwd, configPath }: IdentityRequest): string[] {
  if (configPath !== undefined) return [cwd];
  const folders = roots.flatMap((root) => {
    const inside = relative(cwd, root);
    const isBelow =
      inside !== ".." && !inside.startsWith(`..${sep}`) && resolve(cwd, inside) === root;
    return isBelow ? ancestors(root, cwd) : [root, dirname(root)];
  });
  return [...new Set([...folders, cwd])];
}

function ancestors(folder: string, top: string): string[] {
  return folder === top ? [folder] : [folder, ...ancestors(dirname(folder), top)];
}
