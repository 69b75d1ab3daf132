import { processors32 } from "./processors-32.ts";
import { processors64 } from "./processors-64.ts";

/**
 * Checked against rustc --print target-list, the port lists of Go, Zig, cibuildwheel, napi-rs, dpkg's cputable and
 * QEMU's user emulators. Words that mean different processors in different systems (arm, armhf, armel, ppc64, mips,
 * mips64, x86) are nobody's alias.
 */
export const processors = { ...processors64, ...processors32 };

export type ProcessorWord = keyof typeof processors;
