import { readFile, stat } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";

/** `path` relative to `root` with `/`, or `null` when it is not inside. */
export function insideName(root: string, path: string): string | null {
  const name = relative(root, path);
  if (name === "" || name === ".." || name.startsWith(`..${sep}`) || isAbsolute(name)) return null;
  return name.replaceAll(sep, "/");
}

/** For `catch`: what does not exist is `null`. */
export function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

/** The text of a file, or `null` when there is no such file. A byte order mark is dropped. */
export async function readText(path: string): Promise<string | null> {
  const entry = await stat(path).catch(absent);
  if (!entry?.isFile()) return null;
  return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
}

/** Whether a plain file is there. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(absent))?.isFile() ?? false;
}
