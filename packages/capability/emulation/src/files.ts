import { readFileSync } from "node:fs";

/** Code of a system error, `ENOENT`; null for anything else. */
export function errorCode(error: unknown): string | null {
  const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : null;
}

/** The text of a small file; null when it is not there or belongs to a process that has just ended. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ESRCH"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
}
