import { compareDotted } from "@multiarch/binary";
import type { Architecture, OperatingSystem } from "@multiarch/contracts";

/** What one platform tag promises. */
export interface PlatformTag {
  readonly tag: string;
  readonly os: OperatingSystem;
  /** Every processor that installers pick it for. */
  readonly archs: readonly Architecture[];
  /** Highest ARM version that it may need. */
  readonly armVersion: 6 | 7 | null;
  /** `null`: the tag says nothing of a libc. */
  readonly libc: "glibc" | "musl" | "bionic" | null;
  /** The oldest glibc, macOS or iOS that it promises to run on; `null`: none is named. */
  readonly since: string | null;
  /** iOS only. */
  readonly simulator: boolean;
}

interface LinuxMachine {
  readonly arch: Architecture;
  readonly armVersion?: 6 | 7;
}

/** `uname -m` as tags spell it. */
const linuxMachines: Readonly<Record<string, LinuxMachine>> = {
  x86_64: { arch: "x64" },
  i686: { arch: "ia32" },
  aarch64: { arch: "arm64" },
  armv7l: { arch: "arm", armVersion: 7 },
  armv6l: { arch: "arm", armVersion: 6 },
  ppc64: { arch: "ppc64" },
  ppc64le: { arch: "ppc64le" },
  s390x: { arch: "s390x" },
  riscv64: { arch: "riscv64" },
  loongarch64: { arch: "loong64" },
};

/** The parts of a macOS tag's name for several processors; PowerPC of 32 bits is outside our vocabulary. */
const macMachines: Readonly<Record<string, readonly Architecture[]>> = {
  x86_64: ["x64"],
  arm64: ["arm64"],
  i386: ["ia32"],
  intel: ["ia32", "x64"],
  universal2: ["x64", "arm64"],
  fat: ["ia32"],
  fat3: ["ia32", "x64"],
  fat32: ["ia32"],
  fat64: ["ppc64", "x64"],
  universal: ["ia32", "x64"],
  ppc64: ["ppc64"],
};

const windowsMachines: Readonly<Record<string, Architecture>> = {
  win32: "ia32",
  win_amd64: "x64",
  win_arm64: "arm64",
};

const androidMachines: Readonly<Record<string, Architecture>> = {
  arm64_v8a: "arm64",
  armeabi_v7a: "arm",
  x86: "ia32",
  x86_64: "x64",
};

/** glibc of the names from before PEP 600. */
const legacyGlibc: Readonly<Record<string, string>> = {
  manylinux1: "2.5",
  manylinux2010: "2.12",
  manylinux2014: "2.17",
};

/** The first glibc that has a port to the architecture: no older floor means anything there. */
const firstGlibc: Readonly<Partial<Record<Architecture, string>>> = {
  arm64: "2.17",
  loong64: "2.36",
  ppc64le: "2.17",
  riscv64: "2.27",
};

/** @returns `null` for `any` and for tags of systems that we cannot judge */
export function readPlatformTag(tag: string): PlatformTag | null {
  return readLinux(tag) ?? readApple(tag) ?? readOthers(tag);
}

const blank = { armVersion: null, libc: null, since: null, simulator: false } as const;

function readLinux(tag: string): PlatformTag | null {
  const [, family = "", major, minor, machine = ""] =
    /^(manylinux(?:1|2010|2014)?|musllinux|linux)(?:_(\d+)_(\d+))?_(.+)$/.exec(tag) ?? [];
  const known = linuxMachines[machine];
  if (known === undefined) return null;
  const { arch, armVersion = null } = known;
  const base = { ...blank, tag, os: "linux", archs: [arch], armVersion } as const;
  const numbered = major === undefined ? null : `${Number(major)}.${Number(minor)}`;
  if (family === "linux") return numbered === null ? base : null;
  if (family === "musllinux") {
    return numbered === null ? null : { ...base, libc: "musl", since: numbered };
  }
  const glibc = family === "manylinux" ? numbered : numbered === null ? legacyGlibc[family] : null;
  if (glibc == null) return null;
  const first = firstGlibc[arch] ?? glibc;
  return { ...base, libc: "glibc", since: compareDotted(glibc, first) < 0 ? first : glibc };
}

function readApple(tag: string): PlatformTag | null {
  const [, macMajor, macMinor, macMachine = ""] = /^macosx_(\d+)_(\d+)_(\w+)$/.exec(tag) ?? [];
  const archs = macMachines[macMachine];
  if (archs !== undefined) {
    return { ...blank, tag, os: "darwin", archs, since: `${Number(macMajor)}.${Number(macMinor)}` };
  }
  const [, major, minor, arch, kind] =
    /^ios_(\d+)_(\d+)_(arm64|x86_64)_(iphoneos|iphonesimulator)$/.exec(tag) ?? [];
  if (arch === undefined) return null;
  return {
    ...blank,
    tag,
    os: "ios",
    archs: [arch === "arm64" ? "arm64" : "x64"],
    since: `${Number(major)}.${Number(minor)}`,
    simulator: kind === "iphonesimulator",
  };
}

function readOthers(tag: string): PlatformTag | null {
  const windows = windowsMachines[tag];
  if (windows !== undefined) return { ...blank, tag, os: "windows", archs: [windows] };
  const android = androidMachines[/^android_\d+_(.+)$/.exec(tag)?.[1] ?? ""];
  if (android !== undefined) {
    return { ...blank, tag, os: "android", archs: [android], libc: "bionic" };
  }
  if (/^(?:pyemscripten|pyodide|emscripten)_\d+(?:_\d+)+_wasm32$/.test(tag)) {
    return { ...blank, tag, os: "emscripten", archs: ["wasm32"] };
  }
  return null;
}

const linuxAccepted = {
  manylinux: "x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64|ppc64",
  musllinux: "x86_64|i686|aarch64|armv7l|ppc64le|s390x|riscv64",
} as const;
const mac = "ppc|ppc64|i386|x86_64|arm64|intel|fat|fat3|fat64|universal|universal2";

/** What the package index takes, as of 2026. The version in manylinux and musllinux tags is not looked at. */
const accepted: readonly RegExp[] = [
  /^any$/,
  /^win(?:32|_amd64|_arm64|_ia64)$/,
  /^manylinux(?:1|2010)_(?:x86_64|i686)$/,
  /^manylinux2014_(?:x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)$/,
  new RegExp(`^manylinux_\\d+_\\d+_(?:${linuxAccepted.manylinux})$`),
  new RegExp(`^musllinux_\\d+_\\d+_(?:${linuxAccepted.musllinux})$`),
  /^linux_(?:armv6l|armv7l)$/,
  new RegExp(`^macosx_10_\\d+_(?:${mac})$`),
  new RegExp(`^macosx_(?:11|12|13|14|15|26)_0_(?:${mac})$`),
  /^ios_\d+_\d+_(?:arm64|x86_64)_(?:iphoneos|iphonesimulator)$/,
  /^android_\d+_(?:armeabi_v7a|arm64_v8a|x86|x86_64)$/,
  /^pyemscripten_\d+_\d+_wasm32$/,
];

/** Whether the package index takes an upload with this platform tag. */
export function isAcceptedByIndex(tag: string): boolean {
  return accepted.some((form) => form.test(tag));
}
