import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { isGlob } from "@multiarch/patterns";
import { byText, type Place } from "./found.ts";
import { globPattern } from "./glob.ts";

/** A file to look into. */
export interface SearchedFile {
  readonly path: string;
  readonly place: Place;
}

export interface Search {
  readonly files: readonly SearchedFile[];
  /** Folders in which the search began: a manifest of the project may lie there or above. */
  readonly roots: readonly string[];
  /** Folders below them that were not entered, with the reason. */
  readonly skipped: readonly { readonly place: Place; readonly why: string }[];
  /** Words that name nothing here. */
  readonly unmatched: readonly string[];
}

/**
 * Every file that the words of `from` name: folders with all below, files, and globs of either.
 * @throws UserError MA733 for a folder that this user may not read
 */
export async function searchFiles(from: readonly string[], cwd: string): Promise<Search> {
  const files = new Map<string, SearchedFile>();
  const roots: string[] = [];
  const skipped: Search["skipped"][number][] = [];
  const unmatched: string[] = [];
  for (const word of from) {
    const found = await searchWord(word, cwd, (place, why) => skipped.push({ place, why }));
    if (found === null) {
      unmatched.push(word);
      continue;
    }
    roots.push(found.root);
    for (const file of found.files) files.set(file.path, file);
  }
  const ordered = [...files.values()].sort((one, other) => byText(one.path, other.path));
  return { files: ordered, roots, skipped, unmatched };
}

type Skip = (place: Place, why: string) => void;

async function searchWord(
  word: string,
  cwd: string,
  skip: Skip,
): Promise<{ root: string; files: SearchedFile[] } | null> {
  const path = resolve(cwd, word);
  const state = await stat(path).catch(absent);
  if (state?.isDirectory()) return { root: path, files: await below(path, [], skip) };
  if (state?.isFile()) {
    return { root: dirname(path), files: [{ path, place: [basename(path)] }] };
  }
  if (!isGlob(word)) return null;
  const pattern = globPattern(resolve(cwd, word.replaceAll("\\", "/")));
  const inside = await stat(pattern.base).catch(absent);
  if (!inside?.isDirectory()) return null;
  const files = (await below(pattern.base, [], skip)).filter(({ place }) =>
    pattern.matches(place[0] ?? ""),
  );
  return files.length === 0 ? null : { root: pattern.base, files };
}

/** Plain files below a folder. Links to files are followed, links to folders are not: they may lead in circles. */
async function below(
  folder: string,
  parts: readonly string[],
  skip: Skip,
): Promise<SearchedFile[]> {
  const files: SearchedFile[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(refuseClosed(folder));
  for (const entry of entries.sort((one, other) => byText(one.name, other.name))) {
    const { name } = entry;
    const path = join(folder, name);
    const place = [[...parts, name].join("/")];
    if (name.startsWith(".")) continue;
    const state = await stat(path).catch(absent);
    if (state?.isFile()) files.push({ path, place });
    if (!state?.isDirectory() || entry.isSymbolicLink()) continue;
    const why = await whyNotEntered(name, path);
    if (why === null) files.push(...(await below(path, [...parts, name], skip)));
    else skip(place, why);
  }
  return files;
}

async function whyNotEntered(name: string, path: string): Promise<string | null> {
  if (name === "node_modules")
    return "other people's packages; name the folder itself to take them";
  const release = await readFile(join(path, "release.json"), "utf8")
    .catch(absent)
    .catch(refuseClosed(path));
  return release?.includes('"schema": "multiarch.release/') ? "a release that was made here" : null;
}

/** What is in a folder that may not be read could be missed. */
function refuseClosed(path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== "EACCES" && error.code !== "EPERM") throw error;
    throw new UserError("MA733", {
      what: `${path} cannot be read`,
      found: `this user may not read it (${error.code})`,
      fix: "grant access to it, or take it away",
    });
  };
}

function absent(error: NodeJS.ErrnoException): null {
  if (["ENOENT", "ENOTDIR", "ELOOP", "EISDIR"].includes(error.code ?? "")) return null;
  throw error;
}
