import type { ToolHost } from "../types.ts";

/** A platform as Go names it. */
export interface GoPlatform {
  readonly os: string;
  readonly arch: string;
  /** `linux-amd64` */
  readonly id: string;
  /** Of the go command. */
  readonly executable: string;
}

const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

export function goPlatform({ os, arch }: ToolHost): GoPlatform {
  const goArch = architectures[arch] ?? arch;
  const executable = os === "windows" ? "go.exe" : "go";
  return { os, arch: goArch, id: `${os}-${goArch}`, executable };
}
