import type { CatalogPart } from "./entry.ts";

/** Binaries and checks: knowledge/binary, capability/check. */
export const binaries = {
  MA601: {
    title: "A file is no program, library or object for a machine",
    fix: "name the program itself, not an archive, package or script around it",
  },
  MA602: {
    title: "A native file is cut off or contradicts itself",
    fix: "build or download the file again",
  },
  MA610: {
    title: "There is nothing to verify",
    fix: "correct the path or pattern; what was to be made there may not have been made",
  },
  MA611: {
    title: "Packages or files are not what they should be",
    fix: "mend what the findings name, or exclude a rule that does not apply (docs/checks.md)",
  },
  MA612: {
    title: "A release folder cannot be verified as one",
    fix: "merge again; the folder must be as merge wrote it",
  },
  MA613: {
    title: "A file that is to be verified cannot be read",
    fix: "grant access to it, or leave it out with ! in front of its name",
  },
} as const satisfies CatalogPart;
