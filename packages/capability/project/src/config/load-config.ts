import { digest, serialize } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";
import * as v from "valibot";
import { mergeDeep } from "../settings.ts";
import type { Config, Project, TargetConfig } from "../types.ts";
import { canonicalConfig } from "./canonical.ts";
import { readConfigFile } from "./file.ts";
import { configError, type Locate } from "./issues.ts";
import { type ConfigInput, configSchema } from "./schema.ts";
import { parseYaml } from "./yaml.ts";

/** The configuration that counts, and where each key of it stands. */
export interface LoadedConfig {
  readonly config: Config;
  readonly file: Project["configFile"];
  readonly overridden: boolean;
  readonly locate: Locate;
}

/**
 * Reads, validates and makes canonical the configuration of a project, the caller's overrides laid over it.
 * @throws UserError MA101, MA102, MA120 to MA124
 */
export async function loadConfig(
  root: string,
  configPath?: string,
  overrides: ConfigInput = {},
): Promise<LoadedConfig> {
  const file = await readConfigFile(root, configPath);
  const parsed = file === null ? null : await parseYaml(file.text, file.path);
  const inFile: Locate = (path, key) =>
    file === null || parsed === null
      ? "the defaults"
      : `${file.path}:${parsed.position(path, key)}`;
  const asGiven: Locate = (path) => `inputs or flags: ${path.join(".")}`;
  const own = validConfig(parsed?.value ?? {}, inFile);
  const over = validConfig(withoutUndefined(overrides), asGiven);
  const config = overlay(own, over);
  return {
    config,
    file: {
      path: file?.path ?? null,
      sha256: digest(file?.bytes ?? new Uint8Array()),
      value: config,
    },
    overridden: serialize(config) !== serialize(own),
    locate: (path, key) =>
      path[0] !== undefined && Object.hasOwn(over, path[0]) ? asGiven(path) : inFile(path, key),
  };
}

/** A configuration from plain values. */
export function validConfig(value: unknown, locate: Locate): Config {
  const result = v.safeParse(configSchema, value);
  if (!result.success) throw configError(result.issues, configSchema, locate);
  return canonicalConfig(result.output, locate);
}

/** Naming a target by a flag chooses it; what the file says about it stays true. */
function overlay(own: Config, over: Config): Config {
  const merged = mergeDeep(own, over);
  if (!over.targets) return merged;
  const targets = over.targets.map((target): TargetConfig => {
    const configured = own.targets?.find(({ id }) => id === target.id);
    return configured ? mergeDeep(configured, target) : target;
  });
  return { ...merged, targets };
}

function withoutUndefined(value: ConfigInput): ConfigInput {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}

/** The targets of a project that names none: what most people run. Images and Linux-only tools have their own. */
export function defaultTargets(builder: string): string[] {
  const linux = ["linux-x64", "linux-arm64"];
  if (builder === "docker") return linux;
  const others = ["darwin-x64", "darwin-arm64", "windows-x64", "windows-arm64"];
  const bound = builder === "maturin" || builder === "nuitka";
  const ids = bound ? linux.flatMap((id) => [`${id}-gnu`, `${id}-musl`]) : linux;
  return [...ids, ...others].map((id) => parseTarget(id).id);
}
