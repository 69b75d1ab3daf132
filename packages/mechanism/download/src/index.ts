import { InternalError } from "@multiarch/diagnostics";
import type { Downloaded, DownloadOptions, DownloadRequest } from "./types.ts";

export type { Downloaded, DownloadOptions, DownloadRequest, DownloadTimeouts } from "./types.ts";

export async function download(
  _request: DownloadRequest,
  _options: DownloadOptions,
): Promise<Downloaded> {
  throw new InternalError("not written yet");
}
