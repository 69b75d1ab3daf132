import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder with these files, removed after the test. Names may have `/`; a name that ends with it is a folder. */
export async function temporary(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "multiarch-project-")));
  folders.push(folder);
  await put(folder, files);
  return folder;
}

/** Writes more files into a folder. */
export async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) await writeFile(path, content);
  }
}

/** The error that an action ends with; it must be one for users. */
export async function userError(action: Promise<unknown> | (() => unknown)): Promise<UserError> {
  try {
    await (typeof action === "function" ? action() : action);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}
