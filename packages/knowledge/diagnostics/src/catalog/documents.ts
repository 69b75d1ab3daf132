import type { CatalogPart } from "./entry.ts";

/** Documents: knowledge/contracts. */
export const documents = {
  MA901: {
    title: "A document is not valid",
    fix: "run every step with one version of multiarch; if that is so, report this",
  },
  MA902: {
    title: "A document has another major version",
    fix: "use the same version of multiarch in every job",
  },
  MA903: {
    title: "A document's bytes differ from the hash that was given out",
    fix: "run the workflow again; if it recurs, some job of this run replaces artifacts",
  },
} as const satisfies CatalogPart;
