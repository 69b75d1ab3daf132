import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";

/** All that a release consists of, and what macOS leaves in every folder that somebody looked at. */
const ownNames: ReadonlySet<string> = new Set([
  "npm",
  "wheels",
  "archives",
  "images",
  "legs",
  "plan.json",
  "release.json",
  ".DS_Store",
]);

/** Refuses to replace a folder that is not one of ours: nobody loses files by a mistyped name. */
export async function checkOutputFolder(output: string): Promise<void> {
  const state = await stat(output).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (state === null) return;
  const refuse = (found: string): UserError =>
    new UserError("MA713", {
      what: `${output} holds something that is not a release`,
      expected: "no folder, an empty one, or an earlier release",
      found,
    });
  if (!state.isDirectory()) throw refuse("a file");
  const names = await readdir(output);
  if (names.length === 0) return;
  const foreign = names.filter((name) => !ownNames.has(name)).sort();
  if (foreign.length > 0) throw refuse(foreign.slice(0, 5).join(", "));
  if (!names.includes("release.json")) throw refuse("no release.json");
  const text = await readFile(join(output, "release.json"), "utf8");
  if (!text.includes('"schema": "multiarch.release/')) throw refuse("another release.json");
}
