import type { TargetRow } from "./types.ts";

/** Who gives names to targets. `uname` is the word of `uname -m`, `os-arch` any system and processor in any usual spelling. */
export const namingSystems = [
  "id",
  "rust",
  "go",
  "docker",
  "node",
  "npm",
  "napi",
  "wheel",
  "cibuildwheel",
  "debian",
  "raspbian",
  "alpine",
  "rpm",
  "uname",
  "os-uname",
  "zig",
  "qemu",
  "homebrew",
  "kalam",
  "darwin",
  "os-arch",
] as const;
export type NamingSystem = (typeof namingSystems)[number];

/** What else people call these systems when they write `system:name`. */
export const systemAliases: Readonly<Record<string, NamingSystem>> = {
  multiarch: "id",
  cargo: "rust",
  rustc: "rust",
  golang: "go",
  oci: "docker",
  containerd: "docker",
  "napi-rs": "napi",
  python: "wheel",
  pypi: "wheel",
  deb: "debian",
  dpkg: "debian",
  ubuntu: "debian",
  raspberry: "raspbian",
  apk: "alpine",
  fedora: "rpm",
  machine: "uname",
  brew: "homebrew",
};

const names: Readonly<Record<NamingSystem, (row: TargetRow) => string | null>> = {
  id: (row) => row.id,
  rust: (row) => row.rust ?? row.rustAliases[0] ?? null,
  // Go keeps the version of Arm in a variable of its own, so the name does not tell 5, 6 and 7 apart.
  go: ({ go }) => (go === null ? null : `${go.GOOS}/${go.GOARCH}`),
  docker: (row) => row.docker,
  node: ({ node }) => (node === null ? null : `${node.platform}-${node.arch}`),
  npm: npmName,
  napi: (row) => row.napi,
  wheel: (row) => row.wheelTags[0] ?? null,
  cibuildwheel: (row) => row.cibuildwheel,
  debian: (row) => row.debian,
  raspbian: (row) => row.raspbian,
  alpine: (row) => row.alpine,
  rpm: (row) => row.rpm,
  uname: (row) => row.unameMachines[0] ?? null,
  "os-uname": (row) => row.unameId,
  zig: (row) => row.zig,
  qemu: (row) => row.qemu,
  homebrew: (row) => row.homebrew[0] ?? null,
  kalam: (row) => row.kalam,
  darwin: (row) => row.kalam.replace(/^macos-/, "darwin-"),
  "os-arch": (row) => row.id,
};

/** What one naming system calls an exact target; `null` when it has no name for it. */
export function nameIn(row: TargetRow, system: NamingSystem): string | null {
  return names[system](row);
}

/** The fields os, cpu and libc joined: `linux-x64-glibc`. */
function npmName({ npm }: TargetRow): string | null {
  const { os, cpu, libc } = npm;
  if (os === null || cpu === null || cpu.length !== 1) return null;
  return [...os, ...cpu, ...(libc ?? [])].join("-");
}
