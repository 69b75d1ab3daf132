import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { defaultTargets, type LoadedConfig, loadConfig } from "./config/load-config.ts";
import { prebuiltFiles } from "./config/prebuilt.ts";
import { type Detected, detectBuilder } from "./detect.ts";
import { Documents } from "./documents.ts";
import { absent } from "./files.ts";
import { findRepository, originUrl } from "./git/repository.ts";
import { type GitState, readGitState } from "./git/state.ts";
import { webUrl } from "./git/web-url.ts";
import { laterWarnings } from "./later.ts";
import { readNpmDefaults } from "./outputs/npm-defaults.ts";
import { makePackages } from "./outputs/packages.ts";
import { readWheelDefaults } from "./outputs/wheel-defaults.ts";
import { describeSource } from "./source.ts";
import type { Config, LoadOptions, Project, ProjectWarning } from "./types.ts";
import { decideEpoch, decideVersion } from "./version.ts";

/**
 * Reads everything that is known about a project before anything is built: multiarch.yml, the manifest, the documents and
 * the commit. Nothing of the project is executed.
 * @param folder may be a sub-folder of a repository
 * @throws UserError MA101 to MA103 targets and templates, MA120 to MA125 configuration, MA130 to MA137 detection, MA140 to MA143
 */
export async function loadProject(folder: string, options: LoadOptions): Promise<Project> {
  const root = resolve(folder);
  const place = await stat(root).catch(absent);
  if (!place?.isDirectory()) {
    throw new UserError("MA130", {
      what: place === null ? "the project folder does not exist" : "the project is no folder",
      where: root,
      fix: "name the folder of the project",
    });
  }
  const foreign = options.foreign === true;
  const read = await loadConfig(root, options.configPath, options.overrides);
  const loaded = foreign ? { ...read, config: everyKind(read.config) } : read;
  const { config, locate } = loaded;
  const git = await readGit(root, options);
  const detected = foreign
    ? ({ builder: "prebuilt" } as const)
    : await detectBuilder(root, config, locate).catch((error: unknown) =>
        withoutBuilder(error, options),
      );
  const fallbackName = basename(git.origin ?? root);
  const source = await describeSource(root, fallbackName, config, detected, locate);
  for (const note of source.notes) options.log.info(note);
  const { metadata, name } = source;
  const version = await decideVersion({
    configured:
      config.version === undefined ? null : { version: config.version, where: locate(["version"]) },
    manifest: source.version,
    tags: git.state.tags,
    names: [name, ...source.packages.map((one) => one.name)],
    commit: git.state.commit,
  });
  const standard = [
    ...defaultTargets(detected.builder),
    ...(prebuiltFiles(config).sdists.length > 0 ? ["any"] : []),
  ];
  const npmDefaults = await readNpmDefaults(root, loaded, source, options);
  const usual = npmDefaults.targets ?? standard;
  const targets = config.targets?.map(({ id }) => id) ?? (foreign ? [] : usual);
  const documents = new Documents(root, [source.workspaceRoot, git.root].filter(isText));
  await documents.addUsual(metadata.licenseFile);
  const { defaults: wheelDefaults, warnings: wheelWarnings } = await readWheelDefaults(
    root,
    loaded,
    source,
    documents,
  );
  const packages = await makePackages({
    config,
    locate,
    packages: source.packages,
    targets,
    version: version.version,
    documents,
    wheelDefaults,
    npmDefaults,
  });
  const { warnings: documentWarnings, ...found } = documents.result();
  return {
    root,
    repositoryRoot: git.root,
    config,
    configFile: loaded.file,
    overridden: loaded.overridden,
    builder: detected.builder,
    name,
    version: version.version,
    versionFrom: version.versionFrom,
    publishable: version.publishable,
    publishWhy: version.publishWhy,
    // A line break in a description would end the header that it is written into.
    description: (config.description ?? metadata.description)?.replace(/\s+/g, " ").trim() || null,
    license: config.license ?? metadata.license,
    repository: repositoryUrl(loaded, metadata.repository) ?? git.origin,
    homepage: config.homepage ?? metadata.homepage,
    targets,
    packages,
    ...found,
    commit: git.state.commit,
    ref: git.state.branch ?? (version.tag === null ? null : `refs/tags/${version.tag}`),
    epoch: decideEpoch(options.env, git.state.time),
    manifestDetails: source.details,
    warnings: [
      ...laterWarnings(config),
      ...version.warnings,
      ...git.warnings,
      ...documentWarnings,
      ...wheelWarnings,
      ...npmDefaults.warnings,
    ],
  };
}

/** Jobs of the user's own need a matrix in projects, too, of which nothing is built here. */
function withoutBuilder(error: unknown, { matricesOnly }: LoadOptions): Detected {
  const noBuilder = ["MA130", "MA131", "MA132"];
  if (matricesOnly === true && error instanceof UserError && noBuilder.includes(error.id)) {
    return { builder: "prebuilt" };
  }
  throw error;
}

interface GitFacts {
  readonly root: string | null;
  readonly origin: string | null;
  readonly state: GitState;
  readonly warnings: readonly ProjectWarning[];
}

const noState: GitState = { commit: null, time: null, branch: null, tags: [], changed: [] };

/** Who hands over files to package wants packages. */
function everyKind(config: Config): Config {
  return { ...config, npm: config.npm ?? true, wheel: config.wheel ?? true };
}

async function readGit(root: string, options: LoadOptions): Promise<GitFacts> {
  const repository = await findRepository(root);
  if (repository === null) return withoutGit(options.run);
  const state = await readGitState(root, repository.root === root, options);
  if (state === "not-tracked") {
    const text = `the commit of ${repository.root} has nothing in this folder, so it is not named as its source`;
    return { ...withoutGit(options.run), warnings: [{ code: "not-tracked", text }] };
  }
  const url = await originUrl(repository);
  const common = { root: repository.root, origin: url === null ? null : webUrl(url) };
  if (state === "no-git") {
    const text = "there is no git on PATH, so the commit is not known";
    return { ...common, state: noState, warnings: [{ code: "no-git", text }] };
  }
  const [first] = state.changed;
  const more = state.changed.length > 1 ? ` and ${state.changed.length - 1} more` : "";
  const text = `${first}${more} differ from the commit ${state.commit?.slice(0, 8)}`;
  const warnings = first === undefined ? [] : [{ code: "uncommitted-changes", text }];
  return { ...common, state, warnings };
}

/** What the run says of the source where no checkout does. */
function withoutGit(run: LoadOptions["run"]): GitFacts {
  if (run === undefined) return { root: null, origin: null, state: noState, warnings: [] };
  const { commit, ref, repository } = run;
  const tag = /^refs\/tags\/(.+)$/.exec(ref ?? "")?.[1];
  const state = { ...noState, commit, tags: tag === undefined ? [] : [tag] };
  const branch = tag === undefined ? ref : null;
  return { root: null, origin: repository, state: { ...state, branch }, warnings: [] };
}

/** What the user wrote is refused when it is no address; what a manifest says is left out then. */
function repositoryUrl({ config, locate }: LoadedConfig, inManifest: string | null): string | null {
  if (config.repository === undefined) return inManifest === null ? null : webUrl(inManifest);
  const url = webUrl(config.repository);
  if (url !== null) return url;
  throw new UserError("MA123", {
    what: "repository is no address",
    where: locate(["repository"]),
    expected: "an address such as https://host/owner/name",
    found: config.repository,
  });
}

function isText(value: string | null): value is string {
  return value !== null;
}
