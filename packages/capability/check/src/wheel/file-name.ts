import { canonicalVersion } from "./version.ts";

/** The parts of a wheel's file name (binary distribution format, "File name convention"). */
export interface WheelName {
  /** As written. */
  readonly project: string;
  /** As written. */
  readonly version: string;
  readonly build: string | null;
  readonly interpreters: readonly string[];
  readonly abis: readonly string[];
  readonly platforms: readonly string[];
}

/** Why a name is none of a wheel's. The values are phrases for people. */
export interface BadName {
  readonly expected: string;
  readonly found: string;
}

const shape = "name-version(-build)-python-abi-platform.whl";

/**
 * Reads a wheel's file name as installers do. Forms that are only proposed (variants of PEP 825, `.whlx` of PEP 777) are
 * refused by name: a guess would install what was meant for another machine.
 */
export function parseWheelName(fileName: string): WheelName | BadName {
  if (/\.whlx$/i.test(fileName)) {
    return { expected: shape, found: "the extension .whlx, which is only proposed (PEP 777)" };
  }
  if (!fileName.endsWith(".whl")) {
    return { expected: shape, found: fileName };
  }
  const parts = fileName.slice(0, -".whl".length).split("-");
  if (isVariant(parts)) {
    const found = `one part more, ${parts.at(-1)}: variants of wheels are only proposed (PEP 825)`;
    return { expected: shape, found };
  }
  if (parts.length !== 5 && parts.length !== 6) {
    return { expected: `5 or 6 parts between dashes: ${shape}`, found: `${parts.length} parts` };
  }
  const [project = "", version = ""] = parts;
  const [interpreters = "", abis = "", platforms = ""] = parts.slice(-3);
  const build = parts.length === 6 ? (parts[2] ?? "") : null;
  const name: WheelName = {
    project,
    version,
    build,
    interpreters: interpreters.split("."),
    abis: abis.split("."),
    platforms: platforms.split("."),
  };
  return faultOf(name) ?? name;
}

/** Six parts without a number for the build, or seven: the last one comes after the platform. */
function isVariant(parts: readonly string[]): boolean {
  if (parts.length !== 6 && parts.length !== 7) return false;
  const [interpreter = "", , platform = ""] = parts.slice(-4, -1);
  const looksLikeTags = /^(?:py|cp|pp|gp|graalpy)\d/.test(interpreter) && isPlatform(platform);
  return looksLikeTags && (parts.length === 7 || !/^\d/.test(parts[2] ?? ""));
}

function isPlatform(text: string): boolean {
  return /^(?:any|win|linux|many|musl|macosx|ios|android|py)/.test(text);
}

function faultOf({ project, version, build, ...tags }: WheelName): BadName | null {
  if (project === "" || project.includes("__") || !/^[\p{L}\p{N}_.]+$/u.test(project)) {
    return {
      expected: "a project's name of letters, digits, . and single _",
      found: project === "" ? "none" : project,
    };
  }
  if (canonicalVersion(version) === null) {
    return { expected: "a version as Python counts them (PEP 440)", found: version };
  }
  if (build !== null && !/^\d/.test(build)) {
    return { expected: "a build number that begins with a digit", found: build };
  }
  const all = [...tags.interpreters, ...tags.abis, ...tags.platforms];
  if (all.includes("")) {
    return { expected: "no empty tag between dots", found: all.join(".") };
  }
  const wrong = tags.interpreters.find((tag) => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(tag));
  if (wrong !== undefined) {
    return { expected: "an interpreter such as py3 or cp313", found: wrong };
  }
  return null;
}

/** Names that mean the same project are equal then (the index's rule: lower case, runs of `-`, `_` and `.` are one). */
export function canonicalName(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/** How an index wants the project to be spelled in file names. */
export function indexName(name: string): string {
  return canonicalName(name).replaceAll("-", "_");
}

/** Every single tag that a compressed set stands for. */
export function expandTags({ interpreters, abis, platforms }: WheelName): string[] {
  return interpreters.flatMap((interpreter) =>
    abis.flatMap((abi) => platforms.map((platform) => `${interpreter}-${abi}-${platform}`)),
  );
}
