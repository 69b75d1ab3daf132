import { readdir, readFile, stat } from "node:fs/promises";

/** Code of a file system error, `ENOENT`; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : undefined;
}

async function orAbsent<T>(work: Promise<T>, absent: T): Promise<T> {
  return work.catch((error: unknown) => {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return absent;
    throw error;
  });
}

/** Names in a folder, sorted; none when it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await orAbsent(readdir(folder), [])).sort();
}

/** The text of a file; null when it is not there. */
export async function readIfPresent(file: string): Promise<string | null> {
  return orAbsent<string | null>(readFile(file, "utf8"), null);
}

export async function exists(path: string): Promise<boolean> {
  return orAbsent(
    stat(path).then(() => true),
    false,
  );
}
