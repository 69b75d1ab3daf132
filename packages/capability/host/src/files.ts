import { access, open, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * The first bytes of a text file below `root`, or `null` when it cannot be read. One read only: the kernel makes such
 * files as they are read, and `/proc/cpuinfo` of a large machine takes milliseconds to the end.
 */
export async function readStart(root: string, path: string): Promise<string | null> {
  try {
    const handle = await open(join(root, path), "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16_384), 0, 16_384, 0);
      return buffer.toString("latin1", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    // Absent or forbidden: either way this source says nothing.
    return null;
  }
}

export async function exists(root: string, path: string): Promise<boolean> {
  try {
    await access(join(root, path));
    return true;
  } catch {
    // See readStart.
    return false;
  }
}

/** The names in a folder, none when it cannot be read. */
export async function namesIn(root: string, path: string): Promise<string[]> {
  try {
    return await readdir(join(root, path));
  } catch {
    // See readStart.
    return [];
  }
}
