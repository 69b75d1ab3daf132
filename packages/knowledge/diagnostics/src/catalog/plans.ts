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
  MA210: {
    title: "A rule can never apply",
    fix: "correct its when, or remove the rule",
  },
  MA211: {
    title: "Something can be no label of a runner",
    fix: "write the label itself; workflow expressions are not evaluated in the configuration",
  },
  MA212: {
    title: "A runner label was retired",
    fix: "use the label that took its place",
  },
  MA213: {
    title: "A runner label does not exist",
    fix: "write the label that was meant, or put self-hosted beside it if it is a machine of yours",
  },
  MA214: {
    title: "A line of the input runner cannot be followed",
    fix: "write lines such as linux/arm64=ubuntu-24.04-arm or default=ubuntu-24.04",
  },
  MA215: {
    title: "A matrix cannot be multiplied out",
    fix: "give every axis a value, and let exclude name axes only",
  },
  MA216: {
    title: "A matrix names an axis or a value that it cannot have",
    fix: "use names and values of the matrix's own axes",
  },
  MA217: {
    title: "A target would be composed of itself",
    fix: "report this: the table of derived targets is wrong",
  },
  MA218: {
    title: "A target is asked for by itself and as a part of another",
    fix: "ask for one of the two",
  },
  MA219: {
    title: "There is no matrix of that name",
    fix: "add it under matrix: in multiarch.yml, or correct the name",
  },
} as const satisfies CatalogPart;
