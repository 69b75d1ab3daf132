import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, jest } from "@jest/globals";
import { type Log, silentLog, UserError } from "@multiarch/diagnostics";
import {
  type ArtifactService,
  type ServiceOptions,
  startArtifactService,
} from "../../../../test/services/artifact-service.ts";
import {
  type ActionsTransportOptions,
  actionsTransport,
  type StoredItem,
  type Transport,
} from "../src/index.ts";

// Every write is flushed to disk: on a busy one that takes its time.
jest.setTimeout(30_000);

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "multiarch-test-"));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function folderWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Contents by relative name. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll("\\", "/");
    contents[name] = await readFile(path, "latin1");
  }
  return contents;
}

export interface RecordingLog extends Log {
  readonly lines: string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const record = (text: string): void => {
    lines.push(text);
  };
  return {
    ...silentLog,
    lines,
    debug: record,
    info: record,
    notice: record,
    warning: record,
    error: record,
  };
}

export async function service(options: ServiceOptions = {}): Promise<ArtifactService> {
  const started = await startArtifactService(options);
  cleanups.push(() => started.close());
  return started;
}

export interface Bed {
  readonly service: ArtifactService;
  readonly transport: Transport;
  readonly log: RecordingLog;
  /** The pauses that were asked for, in milliseconds; none was really waited. */
  readonly pauses: number[];
  /** The commands to the runner that were printed. */
  readonly printed: string[];
  /** Where temporary folders go: must be empty after every call. */
  readonly temporary: string;
}

/** A service and a transport that talks to it: short limits, no real pauses. */
export async function bed(
  options: ServiceOptions = {},
  more: ActionsTransportOptions = {},
): Promise<Bed> {
  const started = await service(options);
  const log = recordingLog();
  const pauses: number[] = [];
  const printed: string[] = [];
  const temporary = await temporaryFolder();
  const transport = await actionsTransport(
    { ...started.environment(), RUNNER_TEMP: temporary },
    log,
    {
      random: () => 1,
      print: (text) => {
        printed.push(text);
      },
      wait: async (milliseconds) => {
        pauses.push(milliseconds);
      },
      ...more,
      limits: { idleMs: 600, blockIdleMs: 600, ...more.limits },
    },
  );
  return { service: started, transport, log, pauses, printed, temporary };
}

/** What most uploads of the tests hold. */
export const files = { "leg.json": "{}", "bin/tool": "x".repeat(1000) };

/** Whether the service holds `item` alone, with these files. */
export async function expectStored(
  { transport }: Bed,
  item: StoredItem,
  name: string,
): Promise<void> {
  expect(item.name).toBe(name);
  expect(await transport.list("")).toEqual([item]);
  const destination = join(await temporaryFolder(), "out");
  await transport.get(item, destination);
  expect(await contentsOf(destination)).toEqual(files);
}

/** The `UserError` that `work` ends in. */
export async function userErrorOf(work: Promise<unknown>): Promise<UserError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome && outcome.error instanceof UserError) return outcome.error;
  throw new Error("expected a UserError", { cause: "error" in outcome ? outcome.error : null });
}
