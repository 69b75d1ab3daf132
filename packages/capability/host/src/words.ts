import { rows } from "@multiarch/targets";

const systems: Readonly<Record<string, string>> = { win32: "windows" };

/** Node's name of an operating system in the vocabulary of facts. */
export function systemWord(platform: string): string {
  return systems[platform] ?? platform;
}

/** Node's name of an architecture in the vocabulary of facts: Node says ppc64 for both byte orders. */
export function architectureWord(arch: string, endianness: "LE" | "BE"): string {
  return arch === "ppc64" && endianness === "LE" ? "ppc64le" : arch;
}

/** What kernels call themselves, where that is not what `uname -m` prints. */
const kernelWords: Readonly<Record<string, string>> = {
  i386: "ia32",
  arm: "arm",
  armv8l: "arm",
  s390: "s390x",
};

/** A kernel's own word in the vocabulary of facts; `null` for one that is unknown or leaves the byte order open. */
export function kernelWord(word: string): string | null {
  const own = kernelWords[word];
  if (own !== undefined) return own;
  if (word.startsWith("mips")) return null;
  const row = rows.find(({ os, unameMachines }) => os === "linux" && unameMachines.includes(word));
  return row?.arch ?? null;
}
