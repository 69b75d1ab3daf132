import type { Surroundings } from "./types.ts";

const systems: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
  freebsd: "freebsd",
  openbsd: "openbsd",
  netbsd: "netbsd",
};

const architectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
  // Node has one name for both byte orders; buildx is made for one of them.
  ppc64: "ppc64le",
  s390x: "s390x",
  riscv64: "riscv64",
};

/** The end of the name that the file of buildx for this machine has in a release: `linux-arm-v7`; null when there is none. */
export function platformOf({
  platform,
  arch,
  armVersion,
}: Pick<Surroundings, "platform" | "arch" | "armVersion">): string | null {
  const system = systems[platform];
  const name = arch === "arm" ? `arm-v${armVersion === 7 ? 7 : 6}` : architectures[arch];
  if (system === undefined || name === undefined) return null;
  return `${system}-${name}${system === "windows" ? ".exe" : ""}`;
}
