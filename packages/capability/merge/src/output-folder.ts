import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";

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
  if (!names.includes("release.json")) throw refuse(names.slice(0, 5).join(", "));
  const text = await readFile(join(output, "release.json"), "utf8");
  if (!text.includes('"schema": "multiarch.release/')) throw refuse("another release.json");
}
