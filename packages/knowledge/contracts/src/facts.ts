import * as v from "valibot";

export const operatingSystems = [
  "linux",
  "darwin",
  "windows",
  "android",
  "freebsd",
  "netbsd",
  "openbsd",
  "sunos",
  "ios",
  "openharmony",
  "wasi",
  "emscripten",
] as const;
export type OperatingSystem = (typeof operatingSystems)[number];

export const architectures = [
  "x64",
  "ia32",
  "arm64",
  "arm64ec",
  "arm",
  "riscv64",
  "ppc64",
  "ppc64le",
  "s390x",
  "loong64",
  "mips",
  "mipsel",
  "mips64",
  "mips64el",
  "wasm32",
] as const;
export type Architecture = (typeof architectures)[number];

export const libcs = ["glibc", "musl", "bionic", "freebsd", "netbsd", "openbsd"] as const;
export type Libc = (typeof libcs)[number];

const name = v.nullable(v.string());
const names = v.array(v.string());

/** One architecture's part of a Mach-O file; a thin file has one. */
const slice = v.object({
  arch: v.picklist(architectures),
  minos: name,
  sdk: name,
  platform: name,
  signed: v.boolean(),
  needed: names,
});

/** What a native file is, read from its bytes. `null`: not in this format, or unknown. */
export const facts = v.object({
  format: v.picklist(["elf", "macho", "pe", "wasm"]),
  os: v.nullable(v.picklist(operatingSystems)),
  /** `null` for a fat Mach-O file: see `slices`. */
  arch: v.nullable(v.picklist(architectures)),
  armVersion: v.nullable(v.picklist([5, 6, 7])),
  float: v.nullable(v.picklist(["hard", "soft"])),
  bits: v.nullable(v.picklist([32, 64])),
  endian: v.nullable(v.picklist(["little", "big"])),
  type: v.nullable(v.picklist(["executable", "library", "object"])),
  libc: v.nullable(v.picklist(libcs)),
  /** True for an executable with neither interpreter nor needed library. */
  static: v.nullable(v.boolean()),
  /** Highest version needed, dotted; 2.36 at least with DT_RELR; the nodes of the loader and of libgcc_s left out. */
  glibcMin: name,
  glibcxxMin: name,
  cxxabiMin: name,
  interp: name,
  /** As written in the file; PE: imported DLL names in lower case. */
  needed: names,
  rpath: names,
  soname: name,
  slices: v.array(slice),
  minos: name,
  /** A signature is present; it is not verified. */
  signed: v.nullable(v.boolean()),
  stripped: v.nullable(v.boolean()),
  /** x86-64-v1 to x86-64-v4, as far as a note in the file says. */
  cpuLevel: v.nullable(v.picklist(["x86-64-v1", "x86-64-v2", "x86-64-v3", "x86-64-v4"])),
});
export type Facts = v.InferOutput<typeof facts>;
export type MachoSlice = v.InferOutput<typeof slice>;
