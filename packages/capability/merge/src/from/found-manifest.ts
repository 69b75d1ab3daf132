import type { ArchiveContents, NpmContents } from "@multiarch/contents";
import { type Project, webUrl } from "@multiarch/project";
import type { Findings, FoundManifest } from "./found.ts";

/** What the package.json of an npm package says of its project; `null` for other archives. */
export function readManifest(contents: NpmContents | ArchiveContents): FoundManifest | null {
  const bytes = contents.kind === "npm" ? contents.texts.get("package.json") : undefined;
  if (bytes === undefined) return null;
  const manifest = parse(bytes);
  const { repository } = manifest;
  return {
    license: textOf(manifest.license),
    repository: textOf(repository) ?? textOf(asRecord(repository).url),
    homepage: textOf(manifest.homepage),
  };
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A project with the licence and the addresses that all npm packages with its programs agree on, as far as it says none. */
export function withManifests(project: Project, { containers }: Findings): Project {
  const [first, ...others] = containers.values();
  if (first == null) return project;
  const agreed = (key: keyof FoundManifest): string | null =>
    others.every((one) => one?.[key] === first[key]) ? first[key] : null;
  const repository = agreed("repository");
  return {
    ...project,
    license: project.license ?? agreed("license"),
    repository: project.repository ?? (repository === null ? null : webUrl(repository)),
    homepage: project.homepage ?? agreed("homepage"),
  };
}
