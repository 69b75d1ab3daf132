import type { ArchiveFormat } from "@multiarch/archive";
import type { Contents } from "./types.ts";

export type ArchiveKind = "npm" | "sdist" | "archive";

/** Which files describe the package that an archive may be; their bytes are wanted. */
export function describing(
  name: string,
  as: Contents["kind"] | undefined,
): (path: string) => boolean {
  if (as === "wheel" || (as === undefined && /\.whl$/i.test(name))) {
    return (path) => /^[^/]+\.dist-info\/./.test(path);
  }
  return (path) => /^[^/]+\/(?:package\.json|PKG-INFO|pyproject\.toml)$/.test(path);
}

/** What an archive is, by the files that describe it, and the first folder of these (empty: none). */
export function classify(
  texts: ReadonlyMap<string, Uint8Array>,
  format: ArchiveFormat,
): { readonly kind: ArchiveKind; readonly root: string } {
  const rootOf = (file: string) =>
    [...texts.keys()].find((path) => path.endsWith(`/${file}`))?.split("/")[0];
  const source = rootOf("PKG-INFO");
  const npm = format === "tar.gz" ? rootOf("package.json") : undefined;
  // A Python project with a package.json beside its own files still is one; npm calls its folder `package`.
  if (source !== undefined && npm !== "package") return { kind: "sdist", root: source };
  if (npm !== undefined) return { kind: "npm", root: npm };
  return { kind: "archive", root: "" };
}

/** A path in an npm package: npm takes off the first folder, whatever it is called. */
export function withoutRoot(path: string): string {
  const slash = path.indexOf("/");
  return slash === -1 ? path : path.slice(slash + 1);
}
