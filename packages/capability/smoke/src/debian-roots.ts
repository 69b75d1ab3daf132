import type { TargetRow } from "@multiarch/targets";

/** Debian's triples. Its 32-bit hard-float libraries are for version 7, and run programs for 6 as well. */
const triples: Readonly<Record<string, string>> = {
  "linux-x64-gnu": "x86_64-linux-gnu",
  "linux-ia32-gnu": "i686-linux-gnu",
  "linux-arm64-gnu": "aarch64-linux-gnu",
  "linux-armv7-gnu": "arm-linux-gnueabihf",
  "linux-armv6-gnu": "arm-linux-gnueabihf",
  "linux-armv5-gnu": "arm-linux-gnueabi",
  "linux-ppc64le-gnu": "powerpc64le-linux-gnu",
  "linux-ppc64-gnu": "powerpc64-linux-gnu",
  "linux-s390x-gnu": "s390x-linux-gnu",
  "linux-riscv64-gnu": "riscv64-linux-gnu",
  "linux-loong64-gnu": "loongarch64-linux-gnu",
  "linux-mips64le-gnu": "mips64el-linux-gnuabi64",
  "linux-mipsle-gnu": "mipsel-linux-gnu",
};

/**
 * Where Debian's and Ubuntu's cross packages (libc6-arm64-cross and its kin) put another architecture's C library, with
 * its loader at the same place below as in a system of that architecture.
 */
export function debianRoots(row: TargetRow): string[] {
  const triple = triples[row.id];
  return triple === undefined ? [] : [`/usr/${triple}`];
}
