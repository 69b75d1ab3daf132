import type { CatalogPart } from "./entry.ts";

/** Plan: capability/plan. */
export const plans = {
  MA201: {
    title: "The plan has no rows",
    fix: "name at least one target that can be built here",
  },
  MA202: {
    title: "The plan has more rows than one matrix can hold",
    fix: "ask for fewer targets, or split them over two workflows",
  },
  MA203: {
    title: "Two rows of the plan have one name",
    fix: "list every target once",
  },
  MA204: {
    title: "A target cannot be built by the project's builder",
    fix: "remove the target, or name another builder",
  },
  MA205: {
    title: "A matrix row is too large",
    fix: "shorten the runner labels of this target",
  },
  MA206: {
    title: "The plan has warnings that count as errors",
    fix: "mend them, or leave fail-on-warning off",
  },
} as const satisfies CatalogPart;
