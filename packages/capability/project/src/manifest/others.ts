import { join } from "node:path";
import { UserError } from "@multiarch/diagnostics";
import { isFile, readText } from "../files.ts";
import { type Metadata, noMetadata, readPerson } from "./metadata.ts";
import { type NapiSettings, readNapiSettings } from "./napi.ts";
import { readPyproject } from "./pyproject.ts";
import { string, strings, type Table, table } from "./toml.ts";

/** What package.json says, and whether it is the manifest of a native addon or of a command. */
export interface PackageJson {
  readonly metadata: Metadata;
  readonly napi: boolean;
  readonly bin: boolean;
  /** With its scope. */
  readonly fullName: string | null;
  readonly private: boolean;
  /** `publishConfig.access`: what its owner decided must not become public by a default of ours. */
  readonly access: "public" | "restricted" | null;
  /** The field `files`; `null` without one. */
  readonly files: readonly string[] | null;
  /** What the field `napi` says, all `null` without one. */
  readonly napiSettings: NapiSettings;
  /** Without its white space, in the order in which it was written. */
  readonly text: string;
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
      ...license(string(json.license)),
      repository: string(json.repository) ?? string(table(json.repository).url),
      homepage: string(json.homepage),
      keywords: strings(json.keywords),
      authors: [json.author].flatMap((author) => {
        const person = readPerson(string(author) ?? personText(table(author)));
        return person === null ? [] : [person];
      }),
    },
    napi: json.napi !== undefined,
    bin: json.bin !== undefined,
    fullName: string(json.name),
    private: json.private === true,
    access: accessOf(string(table(json.publishConfig).access)),
    files: Array.isArray(json.files) ? strings(json.files) : null,
    napiSettings: readNapiSettings(table(json.napi)),
    text: JSON.stringify(json),
  };
}

function accessOf(written: string | null): PackageJson["access"] {
  return written === "public" || written === "restricted" ? written : null;
}

/** npm's way to name a file instead of a licence. */
function license(written: string | null): Pick<Metadata, "license" | "licenseFile"> {
  const [, file = null] = /^SEE LICEN[CS]E IN (.+)$/i.exec(written ?? "") ?? [];
  return { license: file === null ? written : null, licenseFile: file };
}

function personText({ name, email }: Table): string {
  return [string(name) ?? "", ...(string(email) === null ? [] : [`<${email}>`])].join(" ");
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
