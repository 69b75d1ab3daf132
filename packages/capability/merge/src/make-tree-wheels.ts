import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { deflateFile } from "@multiarch/archive";
import type { ReleasePackage } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { WheelSettings } from "@multiarch/project";
import { buildTreeWheel, type TreeFile } from "@multiarch/wheel";
import type { ExaminedTreeFile } from "./examine-python.ts";
import { wheelMetadata } from "./metadata.ts";
import { asPackaged, common, executables, type PackageContext } from "./package-context.ts";
import { readPackage } from "./read-python-package.ts";

/** Above this a file is compressed from disk. */
const largestInMemory = 2 ** 20;

interface TreeContext extends PackageContext {
  readonly trees: readonly ExaminedTreeFile[];
  readonly temporaryFolder: string;
}

/**
 * One wheel for each package tree, with the commands of its target. Rows that have the same tree, as both processors of macOS may have a universal one, have one
 * wheel. @throws UserError as `buildTreeWheel` does
 */
export async function makeTreeWheels(
  { fetched, planPackage, binaries, trees, folder, temporaryFolder }: TreeContext,
  settings: WheelSettings,
): Promise<ReleasePackage[]> {
  const packages: ReleasePackage[] = [];
  for (const files of byTree(trees)) {
    const target = files[0]?.target ?? "";
    const content: TreeFile[] = [];
    for (const file of files) content.push(await treeFile(file, temporaryFolder));
    const wheel = await buildTreeWheel({
      settings,
      meta: wheelMetadata(fetched, planPackage.name, settings),
      target,
      files: content,
      binaries: executables(binaries)
        .filter((one) => one.target === target)
        .map(asPackaged),
      outputFolder: join(folder, "wheels"),
    });
    const name = basename(wheel.file);
    await checkWindowsLibraries(wheel.file, settings, temporaryFolder);
    const same = packages.find(
      (one) => one.file === `wheels/${name}` && one.sha256 === wheel.sha256,
    );
    if (same !== undefined) {
      same.from.push(...wheel.from);
      continue;
    }
    packages.push({
      ...common(planPackage.name, "wheel", name),
      name: wheel.name,
      version: wheel.version,
      target,
      file: `wheels/${name}`,
      size: wheel.size,
      sha256: wheel.sha256,
      from: [...wheel.from],
    });
  }
  return packages;
}

/**
 * Libraries of Windows are known to the rules over wheels; what they only warn of in somebody else's wheel is not made here.
 * @throws UserError MA825
 */
async function checkWindowsLibraries(
  path: string,
  { exclude = [] }: WheelSettings,
  temporaryFolder: string,
): Promise<void> {
  if (!basename(path).includes("-win")) return;
  const { excludeChecks } = await import("@multiarch/check");
  const read = await readPackage(path, temporaryFolder);
  if (read instanceof UserError) throw read;
  const foreign = read.checks.filter(({ rule }) => rule === "wheel/dll");
  const [first] = excludeChecks(foreign, exclude).kept;
  if (first === undefined) return;
  throw new UserError("MA825", {
    what: `${basename(path)} needs a library that it does not bring: ${first.found}`,
    expected: first.expected,
    found: first.found,
    fix: "bring it along in the tree, or name it under wheel.exclude",
  });
}

function byTree(files: readonly ExaminedTreeFile[]): ExaminedTreeFile[][] {
  const groups = new Map<string, ExaminedTreeFile[]>();
  for (const file of files) {
    const key = `${file.row} ${file.tree}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

async function treeFile(file: ExaminedTreeFile, temporaryFolder: string): Promise<TreeFile> {
  const { row, fileId, name, path, executable, sha256, facts, size } = file;
  const fromDisk = facts !== null || size > largestInMemory;
  return {
    leg: row,
    fileId,
    name,
    mode: executable ? 0o755 : 0o644,
    content: fromDisk ? await deflateFile(path, temporaryFolder) : await readFile(path),
    sha256,
    facts,
    importable: facts?.type === "library" && (await isImportable(path, name)),
  };
}

/**
 * Whether a library exports what Python calls to import it under the name of its file: the name of that function stands in
 * every format as text between zeros (PEP 489, PEP 793), on macOS with `_` before it.
 */
async function isImportable(path: string, name: string): Promise<boolean> {
  const [stem = ""] = basename(name).split(".");
  const words = ["PyInit", "PyModExport"].map((prefix) => Buffer.from(`${prefix}_${stem}\0`));
  const longest = Math.max(...words.map((word) => word.length));
  let carried = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([carried, chunk]);
    if (words.some((word) => bytes.includes(word))) return true;
    carried = bytes.subarray(Math.max(0, bytes.length - longest));
  }
  return false;
}
