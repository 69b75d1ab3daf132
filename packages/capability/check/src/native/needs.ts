import { compareDotted } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";

/** The first glibc that has a port to the architecture: no older floor means anything there. */
const firstGlibc: ReadonlyMap<string, string> = new Map([
  ["arm64", "2.17"],
  ["loong64", "2.36"],
  ["ppc64le", "2.17"],
  ["riscv64", "2.27"],
]);

/** The floor that was asked for, or the first glibc of that architecture where there was none so early. */
export function glibcThatExists(asked: string, arch: Facts["arch"]): string {
  const first = firstGlibc.get(arch ?? "");
  return first !== undefined && compareDotted(asked, first) < 0 ? first : asked;
}

/** Whether the kernel of an arm64 Mac kills the file: it starts no unsigned one, an ad-hoc signature is enough. */
export function lacksSignature({ os, slices }: Facts): boolean {
  return os === "darwin" && slices.some(({ arch, signed }) => arch === "arm64" && !signed);
}
