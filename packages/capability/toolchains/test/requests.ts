import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { silentLog, UserError } from "@multiarch/diagnostics";
import { findGo, type GoRequest } from "@multiarch/toolchains";
import { type FakeGo, type Folder, host } from "./fake-go.ts";

/** A machine without Go, on which waiting takes no time. */
export function request(folder: Folder, fake: FakeGo, more: Partial<GoRequest> = {}): GoRequest {
  return {
    version: "1.25",
    log: silentLog,
    toolCache: join(folder.path, "cache"),
    host,
    places: [],
    table: fake.table,
    download: { wait: async () => {}, attempts: 3 },
    ...more,
    env: { PATH: "", HOME: folder.path, ...more.env },
  };
}

export async function failure(wanted: GoRequest): Promise<UserError> {
  try {
    const { command } = await findGo(wanted);
    throw new Error(`found ${command}`);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

export const cacheNames = (folder: Folder): Promise<string[]> =>
  readdir(join(folder.path, "cache")).catch(() => []);
