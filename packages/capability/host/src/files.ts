import { accessSync, closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

// All of it is answered from memory by the kernel, mostly: going through the thread pool would cost more than it frees.

/**
 * The first bytes of a text file below `root`, or `null` when it cannot be read. One read only: the kernel makes such
 * files as they are read, and `/proc/cpuinfo` of a large machine takes milliseconds to the end.
 */
export function readStart(root: string, path: string): string | null {
  try {
    const handle = openSync(join(root, path), "r");
    try {
      const buffer = Buffer.alloc(16_384);
      return buffer.toString("latin1", 0, readSync(handle, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    // Absent or forbidden: either way this source says nothing.
    return null;
  }
}

export function exists(root: string, path: string): boolean {
  try {
    accessSync(join(root, path));
    return true;
  } catch {
    // See readStart.
    return false;
  }
}

/** The names in a folder, none when it cannot be read. */
export function namesIn(root: string, path: string): string[] {
  try {
    return readdirSync(join(root, path));
  } catch {
    // See readStart.
    return [];
  }
}
