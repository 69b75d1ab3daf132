import { join } from "node:path";
import { detectHost } from "@multiarch/host";
import { type ForeignRequest, type MergedForeign, mergeForeign } from "@multiarch/merge";
import { programFor } from "../../../../../test/support/binaries.ts";
import { type RecordingLog, recordingLog } from "../../../../../test/support/recording-log.ts";
import { put, temporaryFolder } from "../../../../../test/support/temporary.ts";

export const five = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "windows-x64"];

/** A program for each target, under names that say nothing. */
export function namelessPrograms(targets: readonly string[] = five): Record<string, Uint8Array> {
  return Object.fromEntries(
    targets.map((id, index) => [`file${"abcdefgh"[index]}`, programFor(id)]),
  );
}

/** The lines of a log that begin with one of these words. */
export function said({ log }: MadeFromForeign, ...levels: string[]): string[] {
  return log.lines.filter((line) => levels.some((level) => line.startsWith(`${level}: `)));
}

export interface MadeFromForeign extends MergedForeign {
  readonly output: string;
  readonly log: RecordingLog;
}

/** Merges files that lie in a new folder `dist` as `tool` 1.2.3, as far as `wishes` do not say otherwise. */
export async function mergeFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  wishes: Partial<ForeignRequest> = {},
): Promise<MadeFromForeign> {
  const folder = await temporaryFolder();
  await put(join(folder, "dist"), files);
  return mergeFolder(folder, wishes);
}

/** As `mergeFiles`, of a folder that is there. */
export async function mergeFolder(
  folder: string,
  wishes: Partial<ForeignRequest> = {},
): Promise<MadeFromForeign> {
  const log = recordingLog();
  const output = join(await temporaryFolder(), "release");
  const merged = await mergeForeign({
    from: ["dist"],
    artifacts: null,
    cwd: folder,
    name: "tool",
    version: "1.2.3",
    overrides: {},
    trigger: { event: "local", trusted: true, why: "a test" },
    repositoryId: null,
    output,
    allowMissing: [],
    installTest: false,
    host: () => detectHost(process.env),
    environment: {},
    log,
    ...wishes,
  });
  return { ...merged, output, log };
}

/** What was made, by kind. */
export function madeFiles({ release }: MergedForeign, kind: string): string[] {
  return release.packages
    .filter((one) => one.kind === kind)
    .map(({ file }) => file)
    .sort();
}
