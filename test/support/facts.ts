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
