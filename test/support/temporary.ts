import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new folder that is gone when the suite has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "multiarch-test-")));
  folders.push(folder);
  return folder;
}

/** Writes files into a folder; names may have `/`. */
export async function put(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** Every file of a folder by its relative name with `/`, as bytes in Latin-1, so that two trees can be compared. */
export async function tree(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    contents[path.slice(folder.length + 1).replaceAll("\\", "/")] = await readFile(path, "latin1");
  }
  return contents;
}

/** The error that `work` ends with; it must be one for users. */
export async function userError(work: Promise<unknown>): Promise<UserError> {
  const outcome = await work.then(
    () => ({ error: null }),
    (error: unknown) => ({ error }),
  );
  if (outcome.error instanceof UserError) return outcome.error;
  throw new Error("expected a UserError", { cause: outcome.error });
}
