import type { Architecture, Facts } from "@multiarch/contracts";

/**
 * The processor that an ELF file names in words: in its interpreter, or in a needed library that carries it in its name
 * (glibc's loader on most architectures, musl's library on Alpine).
 * @returns `null` when no name says it
 */
export function processorOfLoader({ interp, needed }: Facts): Architecture | null {
  for (const path of interp === null ? needed : [interp, ...needed]) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const musl = /^(?:ld-musl-|libc\.musl-)([a-z0-9_]+)\.so\.1$/.exec(name)?.[1];
    const found = musl === undefined ? glibcLoaders.get(name) : muslNames.get(musl);
    if (found !== undefined) return found;
  }
  return null;
}

/** Those that belong to one processor only: `ld64.so.1` and `ld.so.1` belong to several. */
const glibcLoaders: ReadonlyMap<string, Architecture> = new Map([
  ["ld-linux-x86-64.so.2", "x64"],
  ["ld-linux.so.2", "ia32"],
  ["ld-linux-aarch64.so.1", "arm64"],
  ["ld-linux-armhf.so.3", "arm"],
  ["ld-linux.so.3", "arm"],
  ["ld-linux-riscv64-lp64d.so.1", "riscv64"],
  ["ld-linux-riscv64-lp64.so.1", "riscv64"],
  ["ld-linux-loongarch-lp64d.so.1", "loong64"],
]);

/** As musl's loader spells processors, and as Alpine does. */
const muslNames: ReadonlyMap<string, Architecture> = new Map([
  ["x86_64", "x64"],
  ["i386", "ia32"],
  ["x86", "ia32"],
  ["aarch64", "arm64"],
  ["arm", "arm"],
  ["armhf", "arm"],
  ["armv7", "arm"],
  ["riscv64", "riscv64"],
  ["powerpc64le", "ppc64le"],
  ["ppc64le", "ppc64le"],
  ["powerpc64", "ppc64"],
  ["s390x", "s390x"],
  ["loongarch64", "loong64"],
  ["mips", "mips"],
  ["mipsel", "mipsel"],
  ["mips64", "mips64"],
  ["mips64el", "mips64el"],
]);
