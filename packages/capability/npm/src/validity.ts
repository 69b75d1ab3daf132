import { builtinModules } from "node:module";

/** npm's limit for a whole name, scope included. */
const longestName = 214;
const longestVersion = 256;

/**
 * Why npm would refuse a new package of this name; `null` when it accepts it.
 * The rules are those that npm applies to names that do not exist yet; older packages may break them.
 */
export function whyInvalidName(name: string): string | null {
  if (name.length > longestName) return `longer than ${longestName} characters`;
  if (name !== name.toLowerCase()) return "it has upper-case letters";
  const parts = name.startsWith("@") ? name.slice(1).split("/") : [name];
  if (name.startsWith("@") ? parts.length !== 2 : name.includes("/")) {
    return "a slash may only follow a scope: @scope/name";
  }
  for (const part of parts) {
    if (part === "") return "a part of it is empty";
    if (/^[._-]/.test(part)) return `${part} starts with ${part.slice(0, 1)}`;
    if (!/^[a-z0-9._-]+$/.test(part)) return `${part} has characters other than a-z, 0-9, . _ -`;
  }
  if (!name.startsWith("@")) {
    if (name === "node_modules" || name === "favicon.ico") return "the name is reserved";
    if (builtinModules.includes(name)) return "a module of Node has this name";
  }
  return null;
}

const number = "(?:0|[1-9][0-9]*)";
const word = `(?:${number}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)`;
const semver = new RegExp(
  `^(${number})\\.(${number})\\.(${number})(?:-(${word}(?:\\.${word})*))?(\\+[0-9a-zA-Z.-]+)?$`,
);

/**
 * Why npm would refuse or change this version; `null` when it publishes it as it is.
 * Build metadata is valid semver, but npm drops it without a word: two builds would then claim one version.
 */
export function whyInvalidVersion(version: string): string | null {
  if (version.length > longestVersion) return `longer than ${longestVersion} characters`;
  const parts = semver.exec(version);
  if (parts === null) return "it is not a semantic version";
  if (parts.slice(1, 4).some((part) => !Number.isSafeInteger(Number(part)))) {
    return "one of its numbers is too large";
  }
  if (parts[5] !== undefined) return `npm drops build metadata (${parts[5]})`;
  return null;
}

/**
 * The dist-tag under which a version is published; `undefined` where npm's `latest` is right.
 * A prerelease takes its own word (`1.2.3-beta.1` → `beta`), so that it never becomes what people get by default.
 */
export function distributionTag(version: string): string | undefined {
  const prerelease = semver.exec(version)?.[4];
  if (prerelease === undefined) return undefined;
  const [first = ""] = prerelease.split(".");
  const name = /^[a-zA-Z]+/.exec(first)?.[0].toLowerCase() ?? "next";
  // npm refuses a tag that could be read as a version range, and `latest` would defeat the purpose.
  return ["x", "v", "latest"].includes(name) ? "next" : name;
}

/** Why a command cannot have this name; `null` when it can. It becomes a file name and part of a variable's name. */
export function whyInvalidCommand(command: string): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(command)) {
    return "a command starts with a letter or digit and has only letters, digits, . _ + -";
  }
  if (/\.exe$/i.test(command)) return "it ends with .exe, which is added where it belongs";
  return null;
}
