/** The names under which a release of buildx has its hashes; files that are signed after they were built are in the second one. */
export const checksumFiles = ["checksums.txt", "checksums-signed.txt"] as const;

/**
 * The hash of a file in what `sha256sum` writes: `<hash> *<name>`, `<hash>  <name>`, and in old releases one blank. Null when the name is not
 * there. Two different hashes of one name are none.
 */
export function checksumOf(text: string, name: string): string | null {
  const hashes = new Set(
    text
      .split(/\r?\n/)
      .map((line) => /^([0-9a-fA-F]{64})\s+\*?(?:\.\/)?(\S+)\s*$/.exec(line))
      .filter((match) => match?.[2] === name)
      .map((match) => match?.[1]?.toLowerCase() ?? ""),
  );
  const [hash] = hashes;
  return hashes.size === 1 && hash !== undefined ? hash : null;
}
