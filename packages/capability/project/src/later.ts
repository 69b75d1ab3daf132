import type { Config, ProjectWarning } from "./types.ts";

/** Keys that a later version acts on. They are checked in shape, and nobody may think that they did something. */
const laterKeys = [
  "image",
  "docker",
  "sign",
  "release",
  "test",
  "bench",
  "cache",
] as const satisfies readonly (keyof Config)[];
const laterBuildKeys = ["secret-env", "lto", "entry", "cache-paths"] as const;

/** The same inside `packages`. */
const imageOfPackage = "packages.image";

/** `image`, `build.lto`, …: what this version understands and does not act on. */
export const keysWithoutEffect: readonly string[] = [
  ...laterKeys,
  ...laterBuildKeys.map((key) => `build.${key}`),
  imageOfPackage,
];

/** A warning for each key of the configuration that this version only understands. */
export function laterWarnings(config: Config): ProjectWarning[] {
  const builds = [config.build, ...(config.targets ?? []).map(({ build }) => build)];
  const used = [
    ...laterKeys.filter((key) => config[key] !== undefined),
    ...laterBuildKeys
      .filter((key) => builds.some((build) => build?.[key] !== undefined))
      .map((key) => `build.${key}`),
    ...(config.packages?.some(({ image }) => image !== undefined) ? [imageOfPackage] : []),
  ];
  return used.map((key) => ({
    code: "key-without-effect",
    text: `${key} has no effect in this version`,
  }));
}
