import type { GoPlatform, HostedRunner, TargetRow } from "../types.ts";
import { type ProcessorWord, processors } from "./processors.ts";

const linuxX64: HostedRunner = { label: "ubuntu-24.04", os: "linux", arch: "x64", native: false };
/** What a target outside Linux does not have unless it says so. */
export const without = {
  libc: null,
  abi: null,
  rustAliases: [],
  rustRelated: [],
  docker: null,
  napi: null,
  wheelTags: [],
  cibuildwheel: null,
  debian: null,
  raspbian: null,
  alpine: null,
  rpm: null,
  zig: null,
  qemu: null,
  homebrew: [],
  glibcFloor: null,
  tier: "data",
  hosted: linuxX64,
} as const;

type Derived = "armVersion" | "bits" | "endian" | "go" | "arch" | "node" | "npm" | "unameMachines";
type Special = Omit<TargetRow, keyof typeof without | Derived> &
  Partial<Pick<TargetRow, keyof typeof without | "unameMachines">>;

/** A target whose names follow from its system and processor. `platform` is Node's word, `goos` Go's. */
export function row(
  word: ProcessorWord,
  names: { platform: string; goos: string },
  special: Special,
): TargetRow {
  const processor = processors[word];
  const { arch, armVersion, bits, endian, node } = processor;
  const go: GoPlatform = { GOOS: names.goos, ...processor.go };
  return {
    ...without,
    arch,
    armVersion,
    bits,
    endian,
    go,
    node: { platform: names.platform, arch: node },
    npm: { os: [names.platform], cpu: [node], libc: null },
    unameMachines: [special.uname],
    ...special,
  };
}
