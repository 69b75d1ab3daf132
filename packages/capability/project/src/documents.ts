import { readdir, realpath } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import type { Locate } from "./config/issues.ts";
import type { ConfigPath } from "./config/yaml.ts";
import { absent, insideName, isFile } from "./files.ts";
import { expandFiles, matches } from "./globs.ts";
import type { Project, ProjectWarning } from "./types.ts";

const licenses = ["LICENSE*", "LICENCE*", "COPYING*", "NOTICE*"];
/** What belongs into every package: some licences demand that their text and the notices travel along. */
export const usualDocuments: readonly string[] = [...licenses, "README*"];

/** Patterns of one archive, and where they were written; `null` for the defaults, which need not match. */
export interface IncludeRequest {
  readonly patterns: readonly string[];
  readonly path: ConfigPath | null;
}

/**
 * Finds the documents of a project. Licences that are not in the root are taken from the folders above it.
 *
 * No other file above is ever taken unless a manifest names it, and a link must not lead out of `above` either: an archive is read by strangers.
 */
export class Documents {
  readonly #root: string;
  readonly #above: readonly string[];
  readonly #found = new Set<string>();
  readonly #filesAbove = new Map<string, string>();
  readonly #warnings = new Map<string, ProjectWarning>();
  readonly #namedLicenses = new Set<string>();

  /** @param above folders of the workspace and of the repository, the nearest first */
  constructor(root: string, above: readonly string[]) {
    this.#root = root;
    this.#above = above.filter((folder) => insideName(folder, root) !== null);
  }

  /** README* and LICENSE*, LICENCE*, COPYING*, NOTICE*. Comes first. */
  async addUsual(licenseFile: string | null): Promise<void> {
    for (const pattern of usualDocuments) {
      for (const name of await expandFiles(this.#root, pattern)) await this.#add(name);
    }
    if (licenseFile !== null) await this.#addLicense(licenseFile);
    if ([...this.#found].some(isLicense)) return;
    for (const folder of this.#above) {
      if (await this.#addLicensesOf(folder)) return;
    }
  }

  /**
   * Names of the files that the patterns of an archive match.
   * @throws UserError MA135 for a pattern of the user's that matches nothing
   */
  async include({ patterns, path }: IncludeRequest, locate: Locate): Promise<string[]> {
    // What the manifest calls a licence travels along like those that are called so.
    const names = new Set<string>(path === null ? this.#namedLicenses : []);
    for (const [index, pattern] of patterns.entries()) {
      const above = [...this.#filesAbove.keys()].filter((name) => matches(pattern, name));
      const own = await expandFiles(this.#root, pattern);
      if (own.length + above.length === 0 && path !== null) {
        throw new UserError("MA135", {
          what: `the pattern ${pattern} matches no file`,
          where: locate([...path, index]),
          expected: `a file below ${this.#root}`,
        });
      }
      for (const name of own) if (await this.#add(name)) names.add(name);
      for (const name of above) names.add(name);
    }
    return [...names].sort();
  }

  /** Licences that a manifest names by patterns. */
  async addLicenses(patterns: readonly string[]): Promise<void> {
    for (const pattern of patterns) {
      const names = await expandFiles(this.#root, pattern);
      for (const name of names) if (await this.#add(name)) this.#namedLicenses.add(name);
      if (names.length === 0) this.#warnAbsent(pattern, "licence");
    }
  }

  /**
   * A file that a manifest names, also one in a folder above, as members of a workspace do.
   * @returns its name among the documents; `null`: it is not there, and a warning says so
   */
  async addFile(written: string, what: string): Promise<string | null> {
    const path = resolve(this.#root, written);
    if (!(await isFile(path))) {
      this.#warnAbsent(written, what);
      return null;
    }
    if (!(await this.#mayBeRead(path, written))) return null;
    const inside = insideName(this.#root, path);
    const name = inside ?? basename(path);
    if (inside !== null) this.#found.add(name);
    else if (!this.#found.has(name)) this.#filesAbove.set(name, path);
    return name;
  }

  /** What was found, for the project. */
  result(): Pick<Project, "documents" | "documentsAbove" | "licenseFiles"> & {
    warnings: ProjectWarning[];
  } {
    return {
      licenseFiles: [...this.#namedLicenses].filter((name) => !isLicense(name)).sort(),
      documents: [...this.#found, ...this.#filesAbove.keys()].sort(),
      documentsAbove: Object.fromEntries(this.#filesAbove),
      warnings: [...this.#warnings.values()],
    };
  }

  async #add(name: string): Promise<boolean> {
    const path = join(this.#root, name);
    if (!(await this.#mayBeRead(path, name))) return false;
    this.#found.add(name);
    // A document of the project's own keeps its name.
    this.#filesAbove.delete(name);
    return true;
  }

  async #addLicensesOf(folder: string): Promise<boolean> {
    const names = ((await readdir(folder).catch(absent)) ?? []).filter(isLicense);
    let added = false;
    for (const name of names.sort()) {
      const path = join(folder, name);
      if (!(await isFile(path)) || !(await this.#mayBeRead(path, name))) continue;
      this.#filesAbove.set(name, path);
      added = true;
    }
    return added;
  }

  async #addLicense(written: string): Promise<void> {
    const name = await this.addFile(written, "licence");
    if (name !== null) this.#namedLicenses.add(name);
  }

  #warnAbsent(written: string, what: string): void {
    const text = `the manifest names the ${what} ${written}, which does not exist`;
    const code = what === "licence" ? "no-license-file" : `no-${what}-file`;
    this.#warnings.set(written, { code, text });
  }

  async #mayBeRead(path: string, name: string): Promise<boolean> {
    const real = await realpath(path);
    for (const folder of [this.#root, ...this.#above]) {
      if (insideName(await realpath(folder), real) !== null) return true;
    }
    const text = `${name} leads out of the project and is left out`;
    this.#warnings.set(name, { code: "document-outside", text });
    return false;
  }
}

/** Whether a document is a licence or a notice, by its name: what a package format lists as licence files. */
export function isLicense(name: string): boolean {
  return licenses.some((pattern) => matches(pattern, name));
}

/** The readme among documents that a package shows: `README.md` before other endings, before `README-VIM.md`. */
export function mainReadme(names: readonly string[]): string | null {
  const rank = (name: string): number =>
    ["readme.md", "readme", "readme.markdown", "readme.rst", "readme.txt"].indexOf(
      name.toLowerCase(),
    );
  const ranked = names
    .filter((name) => matches("README*", name))
    .map((name) => ({ name, rank: rank(name) === -1 ? names.length + 5 : rank(name) }))
    .sort((left, right) => left.rank - right.rank || left.name.length - right.name.length);
  return ranked[0]?.name ?? null;
}
