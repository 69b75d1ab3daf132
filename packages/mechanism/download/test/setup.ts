import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog, UserError } from "@multiarch/diagnostics";
import {
  type Downloaded,
  type DownloadOptions,
  type DownloadRequest,
  download,
} from "@multiarch/download";

export const body = randomBytes(70_000);
export const bodyHash = createHash("sha256").update(body).digest("hex");

export interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
  entries(): Promise<string[]>;
}

export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "download-"));
  return {
    folder,
    file: join(folder, "tool.zip"),
    entries: () => readdir(folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Run {
  readonly outcome: Downloaded | UserError;
  /** Milliseconds asked for between attempts. */
  readonly waits: number[];
}

/** Runs a download on a clock that moves only when the code waits. */
export async function run(
  request: Partial<DownloadRequest> & { readonly url: string; readonly destination: string },
  options: Partial<DownloadOptions> = {},
): Promise<Run> {
  const waits: number[] = [];
  let clock = Date.UTC(2026, 0, 1);
  const outcome = await download(
    { maximumBytes: 1_000_000, ...request },
    {
      log: silentLog,
      now: () => clock,
      random: () => 0.5,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        clock += milliseconds;
      },
      ...options,
    },
  ).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  return { outcome, waits };
}

export const idOf = (outcome: Downloaded | UserError): string =>
  outcome instanceof UserError ? outcome.id : "done";
