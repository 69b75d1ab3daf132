import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { absent, readText } from "../files.ts";

/** A git work tree, found without git. */
export interface Repository {
  /** Absolute folder that holds `.git`. */
  readonly root: string;
  /** Absolute folder with `config`; of a linked work tree that of the main one. */
  readonly common: string;
}

/** The work tree that a folder lies in: `.git` as a folder, or as the file of a linked work tree or a submodule. */
export async function findRepository(folder: string): Promise<Repository | null> {
  for (let root = folder; ; root = dirname(root)) {
    const git = await gitFolder(root);
    if (git !== null) {
      const shared = await readText(join(git, "commondir"));
      return { root, common: shared === null ? git : resolve(git, shared.trim()) };
    }
    if (dirname(root) === root) return null;
  }
}

async function gitFolder(root: string): Promise<string | null> {
  const path = join(root, ".git");
  const entry = await stat(path).catch(absent);
  if (entry === null) return null;
  if (!entry.isFile()) return (await stat(join(path, "HEAD")).catch(absent)) && path;
  const line = /^gitdir: (.+)$/m.exec(await readFile(path, "utf8"))?.[1];
  return line === undefined ? null : resolve(root, line.trim());
}

/** The URL of the remote `origin`, as written, or `null`. */
export async function originUrl(repository: Repository): Promise<string | null> {
  const text = await readText(join(repository.common, "config"));
  return text === null ? null : (remoteUrl(text, "origin") ?? null);
}

/** Reads `remote.<name>.url` from the text of a git configuration; the last one counts, as `git config --get` has it. */
export function remoteUrl(text: string, name: string): string | undefined {
  let section = "";
  let url: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (header) {
      const inner = header[2]?.replace(/\\(.)/g, "$1");
      section = inner === undefined ? "" : `${header[1]?.toLowerCase()} ${inner}`;
    }
    const pair = /^\s*(?:\[[^\]]*\]\s*)?url\s*=\s*(.*)$/i.exec(line);
    if (pair?.[1] !== undefined && section === `remote ${name}`) url = configValue(pair[1]);
  }
  return url === "" ? undefined : url;
}

/** Quotes go, comments outside of quotes go, and escapes are resolved. */
function configValue(text: string): string {
  let value = "";
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === "\\") value += text[++index] ?? "";
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "#" || character === ";")) break;
    else value += character;
  }
  return value.trim();
}
