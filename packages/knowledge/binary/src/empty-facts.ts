import type { Facts } from "@multiarch/contracts";

/** Facts of a file of which only the format is known yet. */
export function emptyFacts(format: Facts["format"]): Facts {
  return {
    format,
    os: null,
    arch: null,
    armVersion: null,
    float: null,
    bits: null,
    endian: null,
    type: null,
    libc: null,
    static: null,
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
    stripped: null,
    cpuLevel: null,
  };
}
