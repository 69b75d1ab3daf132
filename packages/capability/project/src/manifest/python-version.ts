/** PEP 440's spellings of prereleases, and semver's. */
const words: Readonly<Record<string, string>> = {
  alpha: "alpha",
  a: "alpha",
  beta: "beta",
  b: "beta",
  c: "rc",
  rc: "rc",
  pre: "rc",
  preview: "rc",
  dev: "dev",
};

/**
 * A version in Python's spelling as a semantic one: `1.2` is `1.2.0`, `1.2.3b1` is `1.2.3-beta.1`. Python reads the result as
 * the same version again.
 * @returns `null` for what semver cannot say: epochs, post-releases, four numbers, a development version of a prerelease
 */
export function semanticVersion(python: string): string | null {
  const found =
    /^v?(\d+(?:\.\d+){0,2})(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc|dev)[-_.]?(\d*))?$/.exec(
      python.trim().toLowerCase(),
    );
  const [, release, word, count = ""] = found ?? [];
  if (release === undefined) return null;
  const numbers = [...release.split("."), "0", "0"].slice(0, 3).map(plain).join(".");
  return word === undefined ? numbers : `${numbers}-${words[word]}.${plain(count || "0")}`;
}

function plain(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}
