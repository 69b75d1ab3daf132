import { resolve } from "node:path";
import type { BuilderName } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { ConfigInput } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { type CommandIo, UsageError } from "./io.ts";

/** Flags that several verbs share, as commander delivers them. */
export interface SharedOptions {
  readonly config?: string;
  readonly targets?: readonly string[];
  readonly platforms?: readonly string[];
  readonly builder?: BuilderName | "auto";
  readonly npmScope?: string;
  readonly json?: boolean;
}

/** Reads what was typed. @throws UsageError in the place of a UserError */
export function typed<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new UsageError(error) : error;
  }
}

/** Canonical ids of targets that were typed in any spelling. @throws UsageError for one that is unknown or ambiguous */
export function typedTargets(names: readonly string[]): string[] {
  return typed(() => names.map((name) => parseTarget(name).id));
}

/** Flags as they would stand in multiarch.yml. */
export function overridesOf(options: SharedOptions): ConfigInput {
  const targets = typedTargets([...(options.targets ?? []), ...(options.platforms ?? [])]);
  return {
    ...(targets.length === 0 ? {} : { targets }),
    ...(options.builder === undefined ? {} : { builder: options.builder }),
    ...(options.npmScope === undefined ? {} : { npm: { scope: options.npmScope } }),
  };
}

export function projectFolder(folder: string | undefined, io: CommandIo): string {
  return resolve(io.cwd, folder ?? ".");
}
