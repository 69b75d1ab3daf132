import { createHash } from "node:crypto";

/**
 * The h1 hash of a module: sha256 over the lines `<sha256 of the file>  <name>`, sorted by the bytes of the names, in base64.
 * It covers names and contents, not modes. Source: https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
export function moduleHash(
  files: readonly { readonly name: string; readonly sha256: string }[],
): string {
  const sorted = [...files].sort((left, right) =>
    Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)),
  );
  const hash = createHash("sha256");
  for (const { name, sha256 } of sorted) hash.update(`${sha256}  ${name}\n`);
  return `h1:${hash.digest("base64")}`;
}
