import { isAbsolute, join, normalize, relative, resolve } from "node:path";
import { fileSource } from "@multiarch/archive";
import { sniff } from "@multiarch/binary";
import { UserError } from "@multiarch/diagnostics";
import { globMatcher, isGlob, type PathStyle, slashed, splitGlob } from "@multiarch/patterns";
import { filesBelow, kindAt } from "./walk.ts";

/** A file that is to be looked at. */
export interface Candidate {
  /** For reports. */
  readonly shown: string;
  /** On disk. */
  readonly path: string;
}

export interface Expansion {
  readonly files: readonly Candidate[];
  /** Folders that are releases. */
  readonly releases: readonly Candidate[];
  /** What is no package and not native, by shown path. */
  readonly skipped: readonly string[];
}

const releaseFile = "release.json";
const packageName = /\.(?:whl|tgz|tar\.gz|zip)$/i;
const nativeFormats: readonly string[] = ["elf", "macho", "pe", "wasm"];

/**
 * What the words of a user stand for. A file that is named is looked at whatever it is; of folders and globs everything that
 * is a package or native.
 * @throws UserError MA610 for a word that stands for nothing to look at
 */
export async function expand(
  words: readonly string[],
  folder: string,
  style: PathStyle,
): Promise<Expansion> {
  const files = new Map<string, Candidate>();
  const releases = new Map<string, Candidate>();
  const skipped = new Map<string, string>();
  for (const word of words) {
    const wanted = slashed(word, style);
    if (wanted.startsWith("!")) {
      const excluded = matcherFor(wanted.slice(1), folder, style);
      for (const map of [files, releases, skipped]) {
        for (const path of map.keys()) if (excluded(path)) map.delete(path);
      }
      continue;
    }
    const found = await expandWord(wanted, folder, style);
    if (found.files.length + found.releases.length === 0) throw nothing(word, found.skipped);
    for (const one of found.files) files.set(one.path, one);
    for (const one of found.releases) releases.set(one.path, one);
    for (const shown of found.skipped) skipped.set(resolve(folder, shown), shown);
  }
  if (files.size + releases.size === 0) throw nothing(words.join(" "), [...skipped.values()]);
  return {
    files: [...files.values()],
    releases: [...releases.values()],
    skipped: [...skipped.values()],
  };
}

async function expandWord(word: string, folder: string, style: PathStyle): Promise<Expansion> {
  const path = resolve(folder, word);
  const kind = await kindAt(path);
  if (kind === "file") return { files: [{ shown: word, path }], releases: [], skipped: [] };
  if (kind === "folder") return expandFolder({ shown: word, path });
  const none: Expansion = { files: [], releases: [], skipped: [] };
  return kind === null && isGlob(word) ? expandGlob(word, folder, style) : none;
}

async function expandFolder(found: Candidate): Promise<Expansion> {
  if ((await kindAt(join(found.path, releaseFile))) === "file") {
    return { files: [], releases: [found], skipped: [] };
  }
  const names = await filesBelow(found.path);
  const all = names.map((name) => below(found, name));
  return sort(all);
}

async function expandGlob(word: string, folder: string, style: PathStyle): Promise<Expansion> {
  const { folder: base, rest } = splitGlob(word);
  const top = { shown: base === "." ? "" : base, path: resolve(folder, base) };
  if ((await kindAt(top.path)) !== "folder") return { files: [], releases: [], skipped: [] };
  const matches = withDescendants(globMatcher(rest, style));
  const names = await filesBelow(top.path);
  return sort(names.filter(matches).map((name) => below(top, name)));
}

/** Divides files into what is looked at and what is not. */
async function sort(all: readonly Candidate[]): Promise<Expansion> {
  const files: Candidate[] = [];
  const skipped: string[] = [];
  for (const one of all) {
    if (packageName.test(one.shown) || (await seemsNative(one.path))) files.push(one);
    else skipped.push(one.shown);
  }
  return { files, releases: [], skipped };
}

async function seemsNative(path: string): Promise<boolean> {
  const source = await fileSource(path);
  try {
    return nativeFormats.includes(sniff(await source.read(0, 72)));
  } finally {
    await source.close();
  }
}

function below({ shown, path }: Candidate, name: string): Candidate {
  const prefix = shown === "" || shown.endsWith("/") ? shown : `${shown}/`;
  return { shown: shown === "." ? name : `${prefix}${name}`, path: join(path, ...name.split("/")) };
}

/** Whether a path is meant by a word that takes away: itself, what it matches as a glob, or something below. */
function matcherFor(word: string, folder: string, style: PathStyle): (path: string) => boolean {
  const absolute = isAbsolute(word);
  const matches = withDescendants(globMatcher(slashed(normalize(word), style), style));
  return (path) => matches(slashed(absolute ? path : relative(folder, path), style));
}

/** As other actions take globs: what lies below a folder that matches is meant too. */
function withDescendants(matches: (path: string) => boolean): (path: string) => boolean {
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      if (matches(path.slice(0, end))) return true;
    }
    return false;
  };
}

function nothing(word: string, skipped: readonly string[]): UserError {
  return new UserError("MA610", {
    what: `there is nothing to verify at ${word}`,
    expected: "packages, archives, executables, addons or libraries",
    found: skipped.length === 0 ? "no file" : `only ${skipped.slice(0, 3).join(", ")}`,
  });
}
