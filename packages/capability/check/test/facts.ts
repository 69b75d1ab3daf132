import type { Facts } from "@multiarch/contracts";

/** Facts of a static x64 Linux program, but for what is given. */
export function factsWith(given: Partial<Facts> = {}): Facts {
  return {
    format: "elf",
    os: "linux",
    arch: "x64",
    armVersion: null,
    float: null,
    bits: 64,
    endian: "little",
    type: "executable",
    libc: null,
    static: true,
    glibcMin: null,
    glibcxxMin: null,
    cxxabiMin: null,
    interp: null,
    needed: [],
    rpath: [],
    soname: null,
    slices: [],
    minos: null,
    signed: null,
    stripped: true,
    cpuLevel: null,
    ...given,
  };
}

export function glibcFacts(glibcMin: string | null, given: Partial<Facts> = {}): Facts {
  return factsWith({
    libc: "glibc",
    static: false,
    interp: "/lib64/ld-linux-x86-64.so.2",
    needed: ["libc.so.6"],
    glibcMin,
    ...given,
  });
}

export function muslFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({
    libc: "musl",
    static: false,
    interp: "/lib/ld-musl-x86_64.so.1",
    needed: ["libc.so"],
    ...given,
  });
}

export function macFacts(
  slices: { arch: "x64" | "arm64"; minos?: string; signed?: boolean }[],
): Facts {
  const made = slices.map(({ arch, minos = "11.0", signed = true }) => ({
    arch,
    minos,
    sdk: null,
    platform: "macos",
    signed,
    needed: [],
  }));
  const [first] = made;
  const alone = made.length === 1;
  return factsWith({
    format: "macho",
    os: "darwin",
    arch: alone ? (first?.arch ?? null) : null,
    minos: alone ? (first?.minos ?? null) : null,
    static: null,
    slices: made,
    signed: made.every(({ signed }) => signed),
  });
}

export function windowsFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({ format: "pe", os: "windows", static: null, signed: false, ...given });
}
