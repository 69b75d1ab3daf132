import type { Architecture } from "@multiarch/contracts";

/** What the naming systems call one processor. `null`: the system does not know it. */
export interface Processor {
  /** The word in our ids. */
  readonly word: string;
  readonly arch: Architecture;
  readonly armVersion: 5 | 6 | 7 | null;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  /** What `uname -m` prints on Linux, most usual first. A 32-bit process on an arm64 kernel sees `armv8l`. */
  readonly uname: readonly [string, ...string[]];
  /** The word of uname style ids. */
  readonly unameWord: string;
  readonly rust: string;
  readonly go: Readonly<Record<string, string>> & { readonly GOARCH: string };
  readonly docker: string;
  readonly node: string;
  /** In the tags of Linux wheels, as far as PyPI or cibuildwheel knows it. */
  readonly wheel: string | null;
  readonly zig: string;
  readonly debian: string | null;
  readonly alpine: string | null;
  readonly rpm: string | null;
  readonly qemu: string;
  /** Spellings that mean this processor and no other, whoever writes them; `word` and `unameWord` go without saying. */
  readonly aliases: readonly string[];
}

const arm = {
  arch: "arm",
  bits: 32,
  endian: "little",
  docker: "arm",
  node: "arm",
  zig: "arm",
  qemu: "qemu-arm",
} as const;

const little64 = { armVersion: null, bits: 64, endian: "little" } as const;

/**
 * Checked against rustc --print target-list, the port lists of Go, Zig, cibuildwheel, napi-rs, dpkg's cputable and
 * QEMU's user emulators. Words that mean different processors in different systems (arm, armhf, armel, ppc64, mips,
 * mips64, x86) are nobody's alias.
 */
export const processors = {
  x64: {
    ...little64,
    word: "x64",
    arch: "x64",
    uname: ["x86_64"],
    unameWord: "x86_64",
    rust: "x86_64",
    go: { GOARCH: "amd64", GOAMD64: "v1" },
    docker: "amd64",
    node: "x64",
    wheel: "x86_64",
    zig: "x86_64",
    debian: "amd64",
    alpine: "x86_64",
    rpm: "x86_64",
    qemu: "qemu-x86_64",
    aliases: ["x86-64", "amd64", "intel64", "em64t", "x86_64h"],
  },
  ia32: {
    word: "ia32",
    arch: "ia32",
    armVersion: null,
    bits: 32,
    endian: "little",
    uname: ["i686", "i386", "i586", "i486"],
    unameWord: "i686",
    rust: "i686",
    go: { GOARCH: "386", GO386: "sse2" },
    docker: "386",
    node: "ia32",
    wheel: "i686",
    zig: "x86",
    debian: "i386",
    alpine: "x86",
    rpm: "i686",
    qemu: "qemu-i386",
    aliases: ["386", "i386", "i486", "i586"],
  },
  arm64: {
    ...little64,
    word: "arm64",
    arch: "arm64",
    uname: ["aarch64"],
    unameWord: "aarch64",
    rust: "aarch64",
    go: { GOARCH: "arm64", GOARM64: "v8.0" },
    docker: "arm64",
    node: "arm64",
    wheel: "aarch64",
    zig: "aarch64",
    debian: "arm64",
    alpine: "aarch64",
    rpm: "aarch64",
    qemu: "qemu-aarch64",
    aliases: [
      ...["arm64v8", "arm64/v8", "armv8", "armv8-a", "armv9", "arm64e", "arm64-v8a", "arm64_v8a"],
    ],
  },
  armv7: {
    ...arm,
    word: "armv7",
    armVersion: 7,
    uname: ["armv7l", "armv8l", "armv7"],
    unameWord: "armv7",
    rust: "armv7",
    go: { GOARCH: "arm", GOARM: "7" },
    docker: "arm/v7",
    wheel: "armv7l",
    debian: "armhf",
    alpine: "armv7",
    rpm: "armv7hl",
    aliases: [
      ...["armv7l", "armv8l", "armv7a", "armv7hl", "armv7hf", "arm/v7", "arm/7", "arm32v7"],
      ...["armeabi-v7a", "armeabi_v7a"],
    ],
  },
  armv6: {
    ...arm,
    word: "armv6",
    armVersion: 6,
    uname: ["armv6l"],
    unameWord: "armv6",
    rust: "arm",
    go: { GOARCH: "arm", GOARM: "6" },
    docker: "arm/v6",
    wheel: null,
    debian: null,
    alpine: "armhf",
    rpm: null,
    aliases: ["armv6l", "armv6hf", "arm/v6", "arm/6", "arm32v6"],
  },
  armv5: {
    ...arm,
    word: "armv5",
    armVersion: 5,
    uname: ["armv5tel", "armv5tejl"],
    unameWord: "armv5",
    rust: "armv5te",
    go: { GOARCH: "arm", GOARM: "5" },
    docker: "arm/v5",
    wheel: null,
    debian: "armel",
    alpine: null,
    rpm: null,
    aliases: ["armv5te", "armv5tel", "armv5tejl", "arm/v5", "arm/5", "arm32v5"],
  },
  ppc64le: {
    ...little64,
    word: "ppc64le",
    arch: "ppc64le",
    uname: ["ppc64le"],
    unameWord: "ppc64le",
    rust: "powerpc64le",
    go: { GOARCH: "ppc64le", GOPPC64: "power8" },
    docker: "ppc64le",
    // Node has one word for both byte orders.
    node: "ppc64",
    wheel: "ppc64le",
    zig: "powerpc64le",
    debian: "ppc64el",
    alpine: "ppc64le",
    rpm: "ppc64le",
    qemu: "qemu-ppc64le",
    aliases: ["ppc64el", "powerpc64le"],
  },
  s390x: {
    word: "s390x",
    arch: "s390x",
    armVersion: null,
    bits: 64,
    endian: "big",
    uname: ["s390x"],
    unameWord: "s390x",
    rust: "s390x",
    go: { GOARCH: "s390x" },
    docker: "s390x",
    node: "s390x",
    wheel: "s390x",
    zig: "s390x",
    debian: "s390x",
    alpine: "s390x",
    rpm: "s390x",
    qemu: "qemu-s390x",
    aliases: ["systemz"],
  },
  riscv64: {
    ...little64,
    word: "riscv64",
    arch: "riscv64",
    uname: ["riscv64"],
    unameWord: "riscv64",
    rust: "riscv64gc",
    go: { GOARCH: "riscv64", GORISCV64: "rva20u64" },
    docker: "riscv64",
    node: "riscv64",
    wheel: "riscv64",
    zig: "riscv64",
    debian: "riscv64",
    alpine: "riscv64",
    rpm: "riscv64",
    qemu: "qemu-riscv64",
    aliases: ["riscv64gc", "rv64gc"],
  },
  loong64: {
    ...little64,
    word: "loong64",
    arch: "loong64",
    uname: ["loongarch64"],
    unameWord: "loongarch64",
    rust: "loongarch64",
    go: { GOARCH: "loong64" },
    docker: "loong64",
    node: "loong64",
    wheel: null,
    zig: "loongarch64",
    debian: "loong64",
    alpine: "loongarch64",
    rpm: "loongarch64",
    qemu: "qemu-loongarch64",
    aliases: [],
  },
  mips64le: {
    ...little64,
    word: "mips64le",
    arch: "mips64el",
    uname: ["mips64"],
    unameWord: "mips64le",
    rust: "mips64el",
    go: { GOARCH: "mips64le", GOMIPS64: "hardfloat" },
    docker: "mips64le",
    node: "mips64el",
    wheel: null,
    zig: "mips64el",
    debian: "mips64el",
    alpine: null,
    rpm: null,
    qemu: "qemu-mips64el",
    aliases: ["mips64el"],
  },
  mipsle: {
    word: "mipsle",
    arch: "mipsel",
    armVersion: null,
    bits: 32,
    endian: "little",
    uname: ["mips"],
    unameWord: "mipsle",
    rust: "mipsel",
    go: { GOARCH: "mipsle", GOMIPS: "hardfloat" },
    docker: "mipsle",
    node: "mipsel",
    wheel: null,
    zig: "mipsel",
    debian: "mipsel",
    alpine: null,
    rpm: null,
    qemu: "qemu-mipsel",
    aliases: ["mipsel"],
  },
  ppc64: {
    word: "ppc64",
    arch: "ppc64",
    armVersion: null,
    bits: 64,
    endian: "big",
    uname: ["ppc64"],
    unameWord: "ppc64",
    rust: "powerpc64",
    go: { GOARCH: "ppc64" },
    docker: "ppc64",
    node: "ppc64",
    wheel: null,
    zig: "powerpc64",
    debian: "ppc64",
    alpine: null,
    rpm: "ppc64",
    qemu: "qemu-ppc64",
    aliases: ["powerpc64"],
  },
} as const satisfies Record<string, Processor>;

export type ProcessorWord = keyof typeof processors;
