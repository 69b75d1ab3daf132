import { execFileSync } from "node:child_process";
import { bundle } from "./bundle.mjs";

/** The go command that our own builds would take, and its environment. */
export async function findGo(version, folder) {
  const program = await bundle("find-go", folder);
  const found = execFileSync(process.execPath, [program, version], { encoding: "utf8" });
  return JSON.parse(found);
}
