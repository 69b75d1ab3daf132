import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "@multiarch/diagnostics";
import { AttemptFailure, codeOf } from "./failure.ts";

/** A file that is written beside its final name and gets it only when it is whole. */
export interface PartFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes to the disk and renames. */
  keep(): Promise<void>;
  /** Removes what is there; does nothing after `keep`. */
  discard(): Promise<void>;
}

/** @throws AttemptFailure MA508: nothing that another attempt could mend. */
export async function openPart(destination: string, log: Log): Promise<PartFile> {
  const path = `${destination}.part-${randomBytes(8).toString("hex")}`;
  let handle: FileHandle | null = await local(destination, () => open(path, "wx", 0o600));
  let kept = false;
  return {
    async write(bytes) {
      const file = handle;
      if (file === null) throw new TypeError("the file is closed");
      await local(destination, async () => {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done)).bytesWritten;
        }
      });
    },
    async keep() {
      const file = handle;
      if (file === null) throw new TypeError("the file is closed");
      await local(destination, async () => {
        await file.chmod(0o644);
        await file.sync();
        handle = null;
        await file.close();
        await rename(path, destination);
        kept = true;
        await syncFolder(dirname(destination));
      });
    },
    async discard() {
      if (kept) return;
      // What led here is the error to report; failing to tidy up after it must not hide it.
      try {
        await handle?.close();
        await rm(path, { force: true });
      } catch (error) {
        log.warning(`${path} could not be removed: ${String(error)}`);
      }
      handle = null;
    },
  };
}

/** @throws AttemptFailure MA508 when the announced size does not fit on the disk. */
export async function checkSpace(destination: string, size: number): Promise<void> {
  const free = await local(destination, () => freeSpace(dirname(destination)));
  if (size <= free) return;
  throw new AttemptFailure(
    "MA508",
    {
      what: "the disk has too little room for a download",
      expected: `${size} bytes`,
      found: `${free} bytes free`,
      where: destination,
    },
    { again: false },
  );
}

async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The rename itself must survive a power cut. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function local<T>(destination: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new AttemptFailure(
      "MA508",
      {
        what: "a download could not be written",
        found: codeOf(cause) ?? String(cause),
        where: destination,
        cause,
      },
      { again: false },
    );
  }
}
