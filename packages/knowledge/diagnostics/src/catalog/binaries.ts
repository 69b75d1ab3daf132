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
} as const satisfies CatalogPart;
