import type { Facts } from "@multiarch/contracts";
import type { NpmPlatform } from "./types.ts";

/** Node's names (`process.platform`, `process.arch`) where they differ from those of the facts. */
const systems: Readonly<Record<string, string>> = { windows: "win32" };
const architectures: Readonly<Record<string, string>> = {
  // Node has one word for both byte orders, and does not tell ARM64EC from ARM64.
  ppc64le: "ppc64",
  arm64ec: "arm64",
};
/** Systems that have a Node which could start the executable. */
const supported: ReadonlySet<string> = new Set([
  "linux",
  "darwin",
  "windows",
  "android",
  "freebsd",
  "netbsd",
  "openbsd",
  "sunos",
  "openharmony",
]);

/**
 * Where npm may install an executable, told by its bytes and not by the target that was asked for:
 * a static executable serves both libcs of Linux, so its package names neither.
 * `none` says why npm has no place for it, `unclear` what would have to be known to find its place.
 */
export function npmPlatform(
  facts: Facts,
): NpmPlatform | { readonly none: string } | { readonly unclear: string } {
  const { os } = facts;
  if (facts.format === "wasm" || os === null || !supported.has(os)) {
    return {
      none: `Node does not start ${facts.format} executables of ${os ?? "an unknown system"}`,
    };
  }
  const system = systems[os] ?? os;
  if (facts.format === "macho" && facts.slices.length > 1) {
    const cpu = [...new Set(facts.slices.map(({ arch }) => architectures[arch] ?? arch))].sort();
    return { suffix: `${system}-universal`, os: system, cpu, libc: null };
  }
  if (facts.arch === null) return { unclear: "its processor is unknown" };
  const cpu = architectures[facts.arch] ?? facts.arch;
  const libc = boundLibc(facts);
  if (libc === "unknown")
    return { unclear: "it is linked dynamically, with a libc that is unknown" };
  const ending = libc === null ? "" : libc === "glibc" ? "-gnu" : "-musl";
  return { suffix: `${system}-${cpu}${ending}`, os: system, cpu: [cpu], libc };
}

/** npm refuses a `libc` on anything but Linux, so only Linux executables have one here. */
function boundLibc(facts: Facts): "glibc" | "musl" | "unknown" | null {
  if (facts.os !== "linux" || facts.static === true) return null;
  return facts.libc === "glibc" || facts.libc === "musl" ? facts.libc : "unknown";
}
