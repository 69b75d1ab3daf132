/** The first bytes of a processor's programs for Linux, as the kernel compares them: `bytes & mask === magic & mask`. Hex. */
export interface ProgramPattern {
  readonly magic: string;
  readonly mask: string;
}

const little64 = "7f454c46020101000000000000000000";
const big64 = "7f454c46020201000000000000000000";
const little32 = "7f454c46010101000000000000000000";
/** The byte for the system (EI_OSABI) may be any; the type may be 2 (fixed address) or 3 (anywhere). */
const little = "ffffffffffffff00fffffffffffffffffeffffff";
const big = "ffffffffffffff00fffffffffffffffffffeffff";
const x86 = "fffffffffffefe00fffffffffffffffffeffffff";

/**
 * By QEMU's name. Type and machine follow the sixteen bytes of identification (ELF gABI, chapter 4). The masks are those that
 * QEMU's own registration script and the usual emulator image use; the x86 ones also take programs of other ELF versions.
 * 32-bit MIPS is told from its 64-bit pointers' variant (n32) by a bit of the flags.
 */
const patterns: Readonly<Record<string, ProgramPattern>> = {
  "qemu-x86_64": { magic: `${little64}02003e00`, mask: x86 },
  "qemu-i386": { magic: `${little32}02000300`, mask: x86 },
  "qemu-aarch64": { magic: `${little64}0200b700`, mask: little },
  "qemu-arm": { magic: `${little32}02002800`, mask: little },
  "qemu-riscv64": { magic: `${little64}0200f300`, mask: little },
  "qemu-ppc64le": {
    magic: `${little64}02001500`,
    mask: "ffffffffffffff00fffffffffffffffffeffff00",
  },
  "qemu-ppc64": { magic: `${big64}00020015`, mask: "fffffffffffffffcfffffffffffffffffffeffff" },
  "qemu-s390x": { magic: `${big64}00020016`, mask: big },
  "qemu-loongarch64": {
    magic: `${little64}02000201`,
    mask: "fffffffffffffffc00fffffffffffffffeffffff",
  },
  "qemu-mips64el": {
    magic: `${little64}02000800`,
    mask: "ffffffffffffff0000fffffffffffffffeffffff",
  },
  "qemu-mipsel": {
    magic: `${little32}02000800${"00".repeat(17)}`,
    mask: `ffffffffffffff00fefffffffffffffffeffffff${"00".repeat(16)}20`,
  },
};

/** What the kernel must look for to hand a program to this emulator (`qemu-aarch64`); null where no pattern is known. */
export function programPattern(qemu: string): ProgramPattern | null {
  return patterns[qemu] ?? null;
}
