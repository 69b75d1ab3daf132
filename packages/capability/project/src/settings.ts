import type { BuildConfig } from "./config/build-schema.ts";
import type { Project, Rule, TargetSettings } from "./types.ts";

/**
 * What is configured for one target: the top level, over it the target's own settings, over them those of a rule.
 * Objects are merged key by key; a list or a plain value replaces what was there.
 */
export function settingsFor(
  project: Pick<Project, "config">,
  targetId: string,
  rule?: Rule,
): TargetSettings {
  const { config } = project;
  const own = config.targets?.find((target) => target.id === targetId);
  const ruled = rule?.targets?.find((target) => target.id === targetId);
  return {
    id: targetId,
    optional: ruled?.optional ?? own?.optional ?? false,
    glibc: ruled?.glibc ?? own?.glibc ?? config.glibc ?? null,
    timeout: ruled?.timeout ?? own?.timeout ?? config.timeout ?? 60,
    build: [config.build, own?.build, rule?.build, ruled?.build].reduce(
      (merged: BuildConfig & { strip: boolean }, layer) => mergeDeep(merged, layer ?? {}),
      { strip: true },
    ),
    runsOn: ruled?.["runs-on"] ?? own?.["runs-on"] ?? null,
  };
}

/** `over` laid over `base`: plain objects are merged, everything else is replaced; `undefined` replaces nothing. */
export function mergeDeep<Base extends object>(base: Base, over: object): Base {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === undefined) continue;
    merged[key] = isPlain(below) && isPlain(value) ? mergeDeep(below, value) : value;
  }
  return merged as Base;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
