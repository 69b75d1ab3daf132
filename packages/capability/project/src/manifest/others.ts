import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { isFile, readText } from "../files.ts";
import { type Metadata, noMetadata } from "./metadata.ts";
import { parseToml, string, type Table, table } from "./toml.ts";

/** What pyproject.toml says about the project: the [project] table (PyPA, "pyproject.toml specification"). */
export interface Pyproject {
  readonly metadata: Metadata;
  readonly requiresPython: string | null;
  readonly buildBackend: string | null;
}

/** @throws UserError MA133 */
export async function readPyproject(root: string): Promise<Pyproject | null> {
  const text = await readText(join(root, "pyproject.toml"));
  if (text === null) return null;
  const document = await parseToml(text, "pyproject.toml");
  const project = table(document.project);
  const urls = new Map(
    Object.entries(table(project.urls)).map(([label, url]) => [
      // Labels are compared without punctuation and case.
      label.toLowerCase().replace(/[^a-z]/g, ""),
      string(url),
    ]),
  );
  const metadata: Metadata = {
    name: string(project.name),
    version: string(project.version),
    description: string(project.description),
    license: string(project.license),
    repository: urls.get("repository") ?? urls.get("source") ?? urls.get("sourcecode") ?? null,
    homepage: urls.get("homepage") ?? null,
    licenseFile: string(table(project.license).file),
  };
  return {
    metadata,
    requiresPython: string(project["requires-python"]),
    buildBackend: string(table(document["build-system"])["build-backend"]),
  };
}

/** What package.json says, and whether it is the manifest of a native addon or of a command. */
export interface PackageJson {
  readonly metadata: Metadata;
  readonly napi: boolean;
  readonly bin: boolean;
}

/** @throws UserError MA133 */
export async function readPackageJson(root: string): Promise<PackageJson | null> {
  const text = await readText(join(root, "package.json"));
  if (text === null) return null;
  let json: Table;
  try {
    json = table(JSON.parse(text));
  } catch (error) {
    throw new UserError("MA133", {
      what: "package.json is not JSON",
      where: "package.json",
      found: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
  return {
    metadata: {
      ...noMetadata,
      // The scope says where a package is published, not what the program is called.
      name: string(json.name)?.replace(/^@[^/]*\//, "") ?? null,
      version: string(json.version),
      description: string(json.description),
      license: string(json.license),
      repository: string(json.repository) ?? string(table(json.repository).url),
      homepage: string(json.homepage),
    },
    napi: json.napi !== undefined,
    bin: json.bin !== undefined,
  };
}

/** Manifests of builders that are not written yet, as phrases for the error. */
export async function laterBuilders(root: string): Promise<{ builder: string; why: string }[]> {
  const pyproject = await readPyproject(root);
  const packageJson = await readPackageJson(root);
  const candidates = [
    pyproject && {
      builder: pyproject.buildBackend === "maturin" ? "maturin" : "nuitka",
      why: `pyproject.toml${pyproject.buildBackend === null ? "" : ` with build-backend ${pyproject.buildBackend}`}`,
    },
    (await isFile(join(root, "build.zig"))) && { builder: "zig", why: "build.zig" },
    packageJson?.napi && { builder: "cargo", why: "package.json with napi (an addon)" },
    packageJson?.bin && { builder: "bun", why: "package.json with bin" },
    (await isFile(join(root, "Dockerfile"))) && { builder: "docker", why: "Dockerfile" },
  ];
  return candidates.filter((one) => one !== null && one !== false && one !== undefined);
}
