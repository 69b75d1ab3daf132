import { join } from "node:path";
import { loadConfig } from "./config/load-config.ts";
import { anyManifest } from "./source.ts";

/** What a folder calls its project. */
export interface Identity {
  readonly name: string | null;
  readonly version: string | null;
  /** The files that say so, for messages. */
  readonly where: string;
  /** There is a configuration of ours, so the folder is meant. */
  readonly configured: boolean;
}

/**
 * Name and version by the configuration and the manifest of a folder, without anything else; `null` when it has neither file.
 * @throws UserError as `loadProject` for a file that cannot be read
 */
export async function readIdentity(folder: string, configPath?: string): Promise<Identity | null> {
  const { config, file } = await loadConfig(folder, configPath);
  const { metadata, where } = await anyManifest(folder);
  const configured = file.path !== null;
  if (!configured && metadata.name === null) return null;
  const files = [...(configured ? [file.path] : []), ...(metadata.name === null ? [] : [where])];
  return {
    name: config.name ?? metadata.name,
    version: config.version ?? metadata.version,
    where: files.map((name) => join(folder, name ?? "")).join(" and "),
    configured,
  };
}
