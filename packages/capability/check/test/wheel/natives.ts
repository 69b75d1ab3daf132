import type { Facts, MachoSlice } from "@multiarch/contracts";
import { factsWith, glibcFacts, muslFacts, windowsFacts } from "../facts.ts";

export { factsWith, glibcFacts, muslFacts, windowsFacts } from "../facts.ts";

/** A library for glibc: a Python module, say. */
export function glibcLibrary(glibcMin: string, given: Partial<Facts> = {}): Facts {
  return glibcFacts(glibcMin, { type: "library", interp: null, static: null, ...given });
}

export function muslLibrary(given: Partial<Facts> = {}): Facts {
  return muslFacts({ type: "library", interp: null, static: null, ...given });
}

export function dll(given: Partial<Facts> = {}): Facts {
  return windowsFacts({ type: "library", needed: ["kernel32.dll"], ...given });
}

type Slice = Pick<MachoSlice, "arch"> & Partial<MachoSlice>;

export function macho(slices: readonly Slice[], given: Partial<Facts> = {}): Facts {
  const [first] = slices;
  const alone = slices.length === 1;
  return factsWith({
    format: "macho",
    os: "darwin",
    type: "library",
    static: null,
    arch: alone ? (first?.arch ?? null) : null,
    slices: slices.map((slice) => ({
      minos: "11.0",
      sdk: null,
      platform: "macos",
      signed: true,
      needed: [],
      ...slice,
    })),
    ...given,
  });
}
