import { mkdir } from "node:fs/promises";
import { type Log, UserError } from "@multiarch/diagnostics";
import { type ConfigInput, type LoadOptions, loadProject, type Project } from "@multiarch/project";
import { findProject } from "./identity.ts";

/** What the user says of the project that the files belong to. */
export interface ProjectWishes {
  /** Where the command was given, absolute. */
  readonly cwd: string;
  readonly configPath?: string;
  /** These win over every manifest; `null`: not said. */
  readonly name: string | null;
  readonly version: string | null;
  /** Flags and inputs, as they would stand in the configuration. */
  readonly overrides: ConfigInput;
  /** What the run says of its source. */
  readonly run?: NonNullable<LoadOptions["run"]>;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** Warnings about the checkout say nothing about files that were made elsewhere. */
const ofCheckout: ReadonlySet<string> = new Set(["uncommitted-changes", "not-tracked"]);

/**
 * The project that files belong to, by its manifest or by what the user says.
 * @param request `roots`: folders that files were taken from; `emptyFolder`: stands for a project that has no folder
 * @throws UserError MA739 for a name or a version that nobody says, else as `loadProject`
 */
export async function loadForeignProject(
  request: ProjectWishes & { readonly roots: readonly string[]; readonly emptyFolder: string },
): Promise<Project> {
  const { configPath, version, overrides, run, environment, log, emptyFolder } = request;
  const found = await findProject(request);
  if (found.root === null) await mkdir(emptyFolder, { recursive: true });
  const project = await loadProject(found.root ?? emptyFolder, {
    ...(configPath === undefined ? {} : { configPath }),
    overrides: {
      ...overrides,
      name: found.name,
      ...(version === null ? {} : { version }),
    },
    ...(run === undefined ? {} : { run }),
    env: environment,
    log,
    foreign: true,
  });
  if (project.versionFrom === "development") {
    throw new UserError("MA739", {
      what: `nothing says the version of ${project.name}`,
      expected: "--package-version, a manifest with a version, or a tag at the commit",
      found: project.publishWhy,
    });
  }
  return {
    ...project,
    warnings: project.warnings.filter(({ code }) => !ofCheckout.has(code)),
  };
}
