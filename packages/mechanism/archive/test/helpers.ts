import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { afterEach } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";

/** A function that makes fresh folders; they are removed after each test. */
export function temporaryFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "multiarch-archive-"));
    made.push(folder);
    return folder;
  };
}

/** The error that a promise must end with, which must be one for users. */
export async function userErrorOf(work: Promise<unknown>): Promise<UserError> {
  const result = await work.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (result instanceof UserError) return result;
  throw new Error("expected a UserError", { cause: result });
}

/** Every path under a folder, relative, sorted; folders end in `/`. */
export async function tree(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, "/");
      return entry.isDirectory() ? `${path}/` : path;
    })
    .sort();
}
