import { parseTarget } from "@multiarch/targets";
import type { NpmPlace, PackagedBinary } from "./types.ts";

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

/** Where one file may be installed; `none` says why nowhere, `unclear` what would have to be known. */
export type FoundPlace = NpmPlace | { readonly none: string } | { readonly unclear: string };

/**
 * Where npm may install a file, told by its bytes and not by the target that was asked for: a static executable serves
 * both libcs of Linux, so its package names neither.
 */
export function npmPlatform(binary: Pick<PackagedBinary, "facts" | "kind" | "target">): FoundPlace {
  const { facts, kind } = binary;
  const { os } = facts;
  if (facts.format === "wasm" || os === null || !supported.has(os)) {
    const verb = kind === "addon" ? "load" : "start";
    return {
      none: `Node does not ${verb} ${facts.format} ${kind}s of ${os ?? "an unknown system"}`,
    };
  }
  const system = systems[os] ?? os;
  if (facts.format === "macho" && facts.slices.length > 1) {
    const cpu = [...new Set(facts.slices.map(({ arch }) => architectures[arch] ?? arch))].sort();
    return { os: system, cpu, libc: null };
  }
  if (facts.arch === null) return { unclear: "its processor is unknown" };
  const libc = boundLibc(binary);
  if (libc === "unknown")
    return { unclear: "it is linked dynamically, with a libc that is unknown" };
  return { os: system, cpu: [architectures[facts.arch] ?? facts.arch], libc };
}

/**
 * npm refuses a `libc` on anything but Linux, so only Linux files have one here. A library is never static: one that names
 * no libc takes what the process has, and only who asked for it knows which libc it was made for.
 */
function boundLibc({
  facts,
  kind,
  target,
}: Pick<PackagedBinary, "facts" | "kind" | "target">): "glibc" | "musl" | "unknown" | null {
  if (facts.os !== "linux" || facts.static === true) return null;
  if (facts.libc === "glibc" || facts.libc === "musl") return facts.libc;
  if (kind !== "addon" || facts.libc !== null) return "unknown";
  const asked = parseTarget(target);
  const [row] = asked.rows;
  if (!asked.short && (row?.libc === "glibc" || row?.libc === "musl")) return row.libc;
  return facts.needed.length === 0 ? null : "unknown";
}
