import { resolve } from "node:path";
import type { BuilderName } from "@multiarch/contracts";
import type { ConfigInput } from "@multiarch/project";
import type { CommandIo } from "./io.ts";

/** Flags that several verbs share, as commander delivers them. */
export interface SharedOptions {
  readonly config?: string;
  readonly targets?: readonly string[];
  readonly platforms?: readonly string[];
  readonly builder?: BuilderName;
  readonly npmScope?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Splits a list flag at commas; may be given several times. */
export function collectList(value: string, earlier: readonly string[] = []): string[] {
  const words = value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  return [...earlier, ...words];
}

/** Flags as they would stand in multiarch.yml. */
export function overridesOf(options: SharedOptions): ConfigInput {
  const targets = [...(options.targets ?? []), ...(options.platforms ?? [])];
  return {
    ...(targets.length === 0 ? {} : { targets }),
    ...(options.builder === undefined ? {} : { builder: options.builder }),
    ...(options.npmScope === undefined ? {} : { npm: { scope: options.npmScope } }),
  };
}

export function projectFolder(folder: string | undefined, io: CommandIo): string {
  return resolve(io.cwd, folder ?? ".");
}
