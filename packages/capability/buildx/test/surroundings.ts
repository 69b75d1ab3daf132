import { join } from "node:path";
import { type RecordingLog, recordingLog } from "../../../../test/support/recording-log.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";
import type { Surroundings, Wishes } from "../src/types.ts";

/** A machine of folders that are gone afterwards; nothing of this one's user. */
export async function surroundings(
  change: Partial<Surroundings> = {},
): Promise<Surroundings & { readonly log: RecordingLog; readonly folder: string }> {
  const folder = await temporaryFolder();
  return {
    env: {},
    platform: "linux",
    arch: "x64",
    armVersion: null,
    home: join(folder, "home"),
    toolCache: join(folder, "tools"),
    temporaryFolder: join(folder, "temp"),
    parent: process.ppid,
    proc: "/proc",
    now: Date.now,
    wait: async () => {},
    download: { wait: async () => {} },
    ...change,
    log: recordingLog(),
    folder,
  };
}

/** The inputs of an action that says nothing. */
export const nothing: Wishes = {
  version: null,
  checksum: null,
  driver: "docker-container",
  driverOpts: null,
  buildkitdFlags: null,
  buildkitdConfig: null,
  buildkitdConfigInline: null,
  use: true,
  name: null,
  endpoint: null,
  platforms: [],
  append: null,
  keepState: false,
  cacheBinary: true,
  cleanup: true,
};
