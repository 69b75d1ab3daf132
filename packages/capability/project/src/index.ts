export type { BuildConfig, RunsOnConfig } from "./config/build-schema.ts";
export { type PrebuiltFiles, prebuiltFiles } from "./config/prebuilt.ts";
export type { ConfigInput } from "./config/schema.ts";
export { configSchema } from "./config/schema.ts";
export { documentPath } from "./document-path.ts";
export { isLicense, mainReadme } from "./documents.ts";
export { webUrl } from "./git/web-url.ts";
export { expandFiles } from "./globs.ts";
export { type Identity, readIdentity } from "./identity.ts";
export { type InitFile, initFiles, writeInitFiles } from "./init/files.ts";
export { keysWithoutEffect } from "./later.ts";
export { loadProject } from "./load.ts";
export { withNpmFiles } from "./outputs/npm-files.ts";
export { settingsFor } from "./settings.ts";
export type {
  ArchiveSettings,
  CargoPackage,
  Config,
  GoMain,
  LoadOptions,
  ManifestDetails,
  NpmSettings,
  Project,
  ProjectPackage,
  ProjectWarning,
  PythonMetadata,
  Rule,
  TargetConfig,
  TargetSettings,
  WheelSettings,
} from "./types.ts";
