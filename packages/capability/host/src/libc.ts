import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import type { HostFacts, Probes } from "./types.ts";

type CLibrary = Pick<HostFacts, "libc" | "glibcVersion">;

const unknown: CLibrary = { libc: null, glibcVersion: null };

/**
 * The C library that this process runs on, which is not the one that `ldd` or some file in `/lib` tells of: Debian can
 * have musl installed beside glibc. musl is looked for first, because its compatibility layer claims a glibc version.
 */
export async function cLibrary(probes: Probes): Promise<CLibrary> {
  if (probes.platform === "android") return { libc: "bionic", glibcVersion: null };
  if (probes.platform !== "linux") return unknown;
  const { glibcVersion, sharedObjects } = probes.runtime();
  if (sharedObjects.some((path) => /\/(?:ld-musl-|libc\.musl-)[^/]*$/.test(path))) {
    return { libc: "musl", glibcVersion: null };
  }
  if (glibcVersion !== null) return { libc: "glibc", glibcVersion };
  return { libc: await requiredByNode(probes), glibcVersion: null };
}

/** What the bytes of Node's own program ask for, for a Node whose report says nothing. */
async function requiredByNode(probes: Probes): Promise<HostFacts["libc"]> {
  const { fileSource } = await import("@multiarch/archive");
  const { readFacts } = await import("@multiarch/binary");
  const path = join(probes.root, probes.execPath);
  try {
    const source = await fileSource(path);
    try {
      const { libc } = await readFacts(source, path);
      return libc === "glibc" || libc === "musl" || libc === "bionic" ? libc : null;
    } finally {
      await source.close();
    }
  } catch (error) {
    // No native program at that place, or none that may be read: then this source says nothing.
    if (error instanceof UserError || isSystemError(error)) return null;
    throw error;
  }
}

/** Not by class: a test runner's classes of errors are not those of the file system. */
function isSystemError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "syscall" in error;
}
