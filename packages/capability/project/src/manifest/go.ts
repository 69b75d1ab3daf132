import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { isFile, readText } from "../files.ts";
import type { GoMain } from "../types.ts";
import { executableName, type GoMod, parseGoMod } from "./go-mod.ts";
import { readGoSource } from "./go-source.ts";

/** A Go module and the programs in it, sorted by path. */
export interface GoProject extends GoMod {
  readonly mains: readonly GoMain[];
}

/** Folders that hold no package of the module, or (node_modules) never one that is a product. */
const skipped = /^(?:vendor|testdata|node_modules|[._].*)$/;

/**
 * The module in `root`, or `null` when there is none.
 * @throws UserError MA133 for a go.mod that cannot be read
 */
export async function readGoProject(root: string): Promise<GoProject | null> {
  const text = await readText(join(root, "go.mod"));
  if (text === null) {
    if (await isFile(join(root, "go.work"))) {
      throw new UserError("MA130", {
        what: "the folder holds a Go workspace (go.work), not a module",
        where: root,
        fix: "run in the folder of the module whose programs are released",
      });
    }
    return null;
  }
  const module = parseGoMod(text, "go.mod");
  const paths = await findMains(root, "");
  const mains = paths.sort().map((path) => ({
    name: executableName(path === "." ? module.module : `${module.module}/${path}`),
    path,
  }));
  return { ...module, mains };
}

async function findMains(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  // A folder with its own go.mod is another module.
  if (folder !== "" && entries.some(({ name }) => name === "go.mod")) return [];
  const sources = entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map(({ name }) => join(root, folder, name));
  const own = (await holdsMain(sources)) ? [folder === "" ? "." : folder] : [];
  const inner: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory() || skipped.test(entry.name)) continue;
    inner.push(...(await findMains(root, folder === "" ? entry.name : `${folder}/${entry.name}`)));
  }
  return [...own, ...inner];
}

function isSource(name: string): boolean {
  return name.endsWith(".go") && !name.endsWith("_test.go") && !/^[._]/.test(name);
}

async function holdsMain(paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const source = readGoSource(await readFile(path, "utf8"));
    if (source.ignored) continue;
    if (source.hasMain) return true;
    // Files that are always built name one package: a library's folder is known by the first of them.
    if (source.packageName !== "main" && !source.constrained) return false;
  }
  return false;
}

/**
 * The programs that are products: those at the root and below `cmd`, where Go's own layout puts them. Elsewhere mains are
 * mostly generators and examples, and count only when there is nothing else.
 */
export function productMains(mains: readonly GoMain[]): readonly GoMain[] {
  const products = mains.filter(({ path }) => path === "." || /^cmd(?:\/|$)/.test(path));
  return products.length > 0 ? products : mains;
}
