import type { Stats } from "node:fs";
import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { absent, insideName } from "../files.ts";

export const defaultConfigName = "multiarch.yml";
/** Names that somebody may take for the right one; found without the right one they would silently count for nothing. */
const mistakenNames = ["multiarch.yaml", ".multiarch.yml", ".multiarch.yaml"];
const maximumBytes = 256 * 1024;

/** The configuration file as it stands on disk. */
export interface ConfigText {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * The configuration file of a project, or `null` when there is none and none was asked for by name.
 * @throws UserError MA120 when it is no plain text file inside the project
 */
export async function readConfigFile(
  root: string,
  configPath: string = defaultConfigName,
): Promise<ConfigText | null> {
  const full = resolve(root, configPath);
  const path = insideName(root, full);
  if (path === null) {
    throw new UserError("MA120", {
      what: "the configuration file lies outside the project",
      expected: `a file inside ${root}`,
      found: configPath,
    });
  }
  const entry = await statOrNull(full);
  if (entry === null) {
    if (path === defaultConfigName) return refuseMistakenNames(root);
    throw new UserError("MA120", {
      what: "the configuration file does not exist",
      where: full,
      fix: "name a file that exists, relative to the project",
    });
  }
  if (!entry.isFile()) {
    const found = entry.isDirectory() ? "a folder" : "something that is no file";
    throw new UserError("MA120", {
      what: "the configuration is not a file",
      where: path,
      expected: "a plain file",
      found,
    });
  }
  if (insideName(await realpath(root), await realpath(full)) === null) {
    throw new UserError("MA120", {
      what: "the configuration file is a link that leads out of the project",
      where: path,
    });
  }
  if (entry.size > maximumBytes) {
    throw new UserError("MA120", {
      what: "the configuration file is too large",
      where: path,
      expected: `at most ${maximumBytes} bytes`,
      found: `${entry.size} bytes`,
    });
  }
  const bytes = await readFile(full);
  return { path, bytes, text: decode(bytes, path) };
}

async function refuseMistakenNames(root: string): Promise<null> {
  for (const name of mistakenNames) {
    const entry = await lstat(join(root, name)).catch(absent);
    if (entry === null) continue;
    throw new UserError("MA120", {
      what: `the file ${name} is not read`,
      where: join(root, name),
      expected: defaultConfigName,
      found: name,
      fix: `rename it to ${defaultConfigName}`,
    });
  }
  return null;
}

async function statOrNull(path: string): Promise<Stats | null> {
  const entry = await lstat(path).catch(absent);
  if (entry === null || !entry.isSymbolicLink()) return entry;
  try {
    return await stat(path);
  } catch (error) {
    throw new UserError("MA120", {
      what: "the configuration file is a link that leads nowhere",
      where: path,
      cause: error,
    });
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserError("MA120", {
      what: "the configuration file is not text in UTF-8",
      where: path,
      cause: error,
    });
  }
}
