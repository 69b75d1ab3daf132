/** What the words of a name say of the platform, in the vocabulary of facts. */
export interface NamedPlatform {
  readonly os: string;
  /** Any of these; empty: the name says nothing of it. */
  readonly archs: readonly string[];
  readonly libc: "glibc" | "musl" | null;
}

const systems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    android: "android",
    androideabi: "android",
    darwin: "darwin",
    freebsd: "freebsd",
    linux: "linux",
    linuxmusl: "linux",
    mac: "darwin",
    macos: "darwin",
    macosx: "darwin",
    netbsd: "netbsd",
    ohos: "openharmony",
    openbsd: "openbsd",
    openharmony: "openharmony",
    osx: "darwin",
    solaris: "sunos",
    sunos: "sunos",
    win: "windows",
    win32: "windows",
    win64: "windows",
    windows: "windows",
  }),
);

const processors: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "386": ["ia32"],
    aarch64: ["arm64"],
    amd64: ["x64"],
    arm: ["arm"],
    arm64: ["arm64"],
    arm64e: ["arm64"],
    armhf: ["arm"],
    armv5: ["arm"],
    armv6: ["arm"],
    armv6hf: ["arm"],
    armv6l: ["arm"],
    armv7: ["arm"],
    armv7hf: ["arm"],
    armv7l: ["arm"],
    i386: ["ia32"],
    i586: ["ia32"],
    i686: ["ia32"],
    ia32: ["ia32"],
    loong64: ["loong64"],
    loongarch64: ["loong64"],
    powerpc64le: ["ppc64le"],
    ppc64: ["ppc64", "ppc64le"],
    ppc64le: ["ppc64le"],
    riscv64: ["riscv64"],
    riscv64gc: ["riscv64"],
    s390x: ["s390x"],
    wasm32: ["wasm32"],
    win64: ["x64"],
    x64: ["x64"],
    x86: ["ia32"],
  }),
);

const libraries: ReadonlyMap<string, "glibc" | "musl"> = new Map(
  Object.entries<"glibc" | "musl">({
    glibc: "glibc",
    gnu: "glibc",
    gnueabi: "glibc",
    gnueabihf: "glibc",
    linuxmusl: "musl",
    musl: "musl",
    musleabi: "musl",
    musleabihf: "musl",
  }),
);

/** Every word of a name, or of a path, that means a system, a processor or a C library. */
export interface PlatformWords {
  readonly systems: ReadonlySet<string>;
  readonly archs: ReadonlySet<string>;
  readonly libcs: ReadonlySet<"glibc" | "musl">;
}

/** Looks for words of platforms in a text that was written for people. */
export function platformWords(text: string): PlatformWords {
  const words = text
    .toLowerCase()
    .replaceAll(/x86[_-]64/g, "x64")
    .replaceAll(/\bwin(?:7|8|10|11)\b/g, "win")
    .split(/[^a-z0-9]+/);
  const named = new Set(words.flatMap((word) => systems.get(word) ?? []));
  // Triples such as aarch64-linux-android and aarch64-unknown-linux-ohos.
  if (named.has("android") || named.has("openharmony")) named.delete("linux");
  return {
    systems: named,
    archs: new Set(words.flatMap((word) => processors.get(word) ?? [])),
    libcs: new Set(words.flatMap((word) => libraries.get(word) ?? [])),
  };
}

/**
 * Reads a platform out of the name of a package, archive or file. Words of processors and libraries alone are no label:
 * plenty of tools are called so.
 * @returns `null` when the name tells no system, or several
 */
export function platformInName(name: string): NamedPlatform | null {
  const { systems: named, archs, libcs } = platformWords(name);
  const [os, another] = named;
  if (os === undefined || another !== undefined) return null;
  const [libc = null] = libcs;
  return { os, archs: [...archs], libc: os === "linux" && libcs.size === 1 ? libc : null };
}
