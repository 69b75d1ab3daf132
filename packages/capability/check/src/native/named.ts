import { type NamedPlatform, platformInName } from "../name-words.ts";
import type { PackageFinding } from "../package-rule.ts";
import { archsOf, type NativeFile } from "./native-file.ts";

/** Holds the platform in the name of a file or an archive against what is in it. */
export function namedOtherwise(name: string, files: readonly NativeFile[]): PackageFinding[] {
  const platform = platformInName(name);
  return platform === null ? [] : contradicted(platform, files);
}

/** One file that serves the named platform is enough: packages carry helpers and test cases too. */
export function contradicted(
  platform: NamedPlatform,
  files: readonly NativeFile[],
): PackageFinding[] {
  if (files.length === 0 || files.some((file) => serves(file, platform))) return [];
  const found = [...new Set(files.map(platformOf))].sort().join(", ");
  return [{ expected: `a file for ${wordsOf(platform)}, as the name says`, found }];
}

/** Whether a file does what a name promises. */
export function serves({ facts }: NativeFile, { os, archs, libc }: NamedPlatform): boolean {
  // Static programs speak to the kernel alone, which is the same one.
  const kernel = facts.os === "linux" && facts.libc === null ? ["android", "openharmony"] : [];
  if (facts.os !== os && !kernel.includes(os) && facts.format !== "wasm") return false;
  if (
    archs.length > 0 &&
    !archsOf(facts).some((arch) => serving(arch).some((one) => archs.includes(one)))
  )
    return false;
  return libc === null || facts.libc === null || facts.libc === libc;
}

/** A file of ARM64EC is loaded by x64 and by arm64 programs. */
function serving(arch: string): string[] {
  return arch === "arm64ec" ? ["arm64ec", "arm64", "x64"] : [arch];
}

/** A platform in words, for people. */
export function platformOf({ facts }: NativeFile): string {
  const { os, format, libc } = facts;
  const archs = archsOf(facts).join("+");
  const bound = os === "linux" ? libc : null;
  return [os ?? format, archs, bound].filter((word) => word !== null && word !== "").join(" ");
}

function wordsOf({ os, archs, libc }: NamedPlatform): string {
  return [os, archs.join(" or "), libc].filter((word) => word !== null && word !== "").join(" ");
}
