export { download } from "./download.ts";
export { proxyFor } from "./proxy.ts";
export type { Downloaded, DownloadOptions, DownloadRequest, DownloadTimeouts } from "./types.ts";
