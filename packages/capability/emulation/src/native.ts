import type { Guest } from "./types.ts";

/** Processors of one family: the kernel may execute the narrower one's programs by itself, which still has to be seen. */
const families: Readonly<Record<string, readonly string[]>> = {
  x64: ["x64", "ia32"],
  arm64: ["arm64", "arm"],
  mips64el: ["mips64el", "mipsel"],
};

/** Whether programs of a guest need no emulator on this machine if they run at all: 386 on x64 kernels. */
export function mayBeNative(machineArch: string | null, { arch }: Guest): boolean {
  if (machineArch === null) return false;
  return (families[machineArch] ?? [machineArch]).includes(arch);
}
