import { UserError } from "@multiarch/diagnostics";

const number = "(?:0|[1-9][0-9]*)";
const release = new RegExp(`^(${number}\\.${number}\\.${number})(?:-([0-9A-Za-z.-]+))?(\\+.*)?$`);
const prerelease = new RegExp(`^(alpha|a|beta|b|rc|dev)[.-]?(${number})?$`, "i");
const development = /^dev\.g([0-9a-f]{7,40})$/;

/** PEP 440's spelling of the words that mean the same in both worlds. */
const words: Readonly<Record<string, string>> = {
  alpha: "a",
  a: "a",
  beta: "b",
  b: "b",
  rc: "rc",
  dev: ".dev",
};

/**
 * A semantic version in Python's spelling (PEP 440): `1.2.3-beta.1` → `1.2.3b1`. A word without a number means 0, as in
 * PEP 440. The version of an untagged commit, `0.0.0-dev.g<sha>`, becomes `0.0.0.dev0+g<sha>`, which no index accepts.
 * Anything else is refused rather than bent: a version that sorts differently in Python would be an update that nobody gets.
 * @throws UserError MA821
 */
export function pep440Version(semver: string): string {
  const [, numbers, label, metadata] = release.exec(semver) ?? [];
  if (numbers === undefined) throw refusal(semver, "it is not a semantic version");
  if (metadata !== undefined) {
    throw refusal(
      semver,
      `package indexes refuse build metadata (${metadata})`,
      `write ${semver.slice(0, -metadata.length)}`,
    );
  }
  if (label === undefined) return numbers;
  const [, commit] = development.exec(label) ?? [];
  if (commit !== undefined) return `${numbers}.dev0+g${commit}`;
  const [, word, count = "0"] = prerelease.exec(label) ?? [];
  const spelling = word === undefined ? undefined : words[word.toLowerCase()];
  if (spelling === undefined) {
    throw refusal(
      semver,
      `Python knows alpha, beta, rc and dev, each with one number, but not "${label}"`,
      `write ${numbers}-alpha.1, ${numbers}-beta.1, ${numbers}-rc.1 or ${numbers}-dev.1`,
    );
  }
  return `${numbers}${spelling}${count}`;
}

function refusal(semver: string, why: string, fix?: string): UserError {
  return new UserError("MA821", {
    what: `version ${semver} cannot be the version of a wheel: ${why}`,
    found: semver,
    ...(fix === undefined ? {} : { fix }),
  });
}
