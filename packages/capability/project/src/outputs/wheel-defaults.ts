import { UserError } from "@multiarch/diagnostics";
import type { LoadedConfig } from "../config/load-config.ts";
import { deliversPython, prebuiltFiles } from "../config/prebuilt.ts";
import type { Documents } from "../documents.ts";
import { readPyproject } from "../manifest/pyproject.ts";
import type { ProjectSource } from "../source.ts";
import type { ProjectWarning } from "../types.ts";
import { pythonMetadata, unknownFields } from "./python-metadata.ts";
import type { WheelDefaults } from "./settings.ts";

/**
 * What the project's manifests say about its wheels; nothing is read when none are made.
 * @throws UserError MA133 for a pyproject.toml that cannot be read, MA125 for a tree whose metadata only a build backend knows
 */
export async function readWheelDefaults(
  root: string,
  { config, locate }: LoadedConfig,
  source: ProjectSource,
  documents: Documents,
): Promise<{ defaults: WheelDefaults; warnings: ProjectWarning[] }> {
  const wanted =
    config.wheel || config.packages?.some(({ wheel }) => wheel) || deliversPython(config);
  if (!wanted) {
    return { defaults: { name: null, requiresPython: null, metadata: null }, warnings: [] };
  }
  const pyproject = await readPyproject(root);
  const unknown = unknownFields(pyproject);
  if (unknown.length > 0 && prebuiltFiles(config).trees.length > 0) {
    throw new UserError("MA125", {
      what: `pyproject.toml leaves ${unknown.join(", ")} to its build backend, which does not build the tree`,
      where: locate(["prebuilt", "tree"]),
      expected: "values in [project]",
      fix: "write them in [project], or name finished wheels: prebuilt: {files: dist/*.whl}",
    });
  }
  const metadata = await pythonMetadata(
    pyproject,
    source.metadata,
    documents,
    source.packages.length === 1,
  );
  return {
    defaults: {
      name: pyproject?.metadata.name ?? null,
      requiresPython: pyproject?.requiresPython ?? null,
      metadata,
    },
    warnings: unknown.map((field) => ({
      code: "pyproject-dynamic",
      text: `pyproject.toml leaves ${field} to its build backend, so wheels made here say nothing of it`,
    })),
  };
}
