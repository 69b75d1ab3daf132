import type { CatalogPart } from "./entry.ts";

/** Inputs and command line: mechanism/github, cli. */
export const inputs = {
  MA001: {
    title: "The action ended before it was finished",
    fix: "run the job again; a connection was lost, and nothing may have been written",
  },
  MA002: {
    title: "An input does not exist",
    fix: "remove it from with:, or correct its name",
  },
  MA003: {
    title: "An input has a value that is not allowed",
    fix: "correct the value under with:",
  },
  MA004: {
    title: "A required input is missing",
    fix: "add it under with:",
  },
  MA005: {
    title: "An input is given twice, by two of its names",
    fix: "keep one of the two",
  },
  MA006: {
    title: "An output or a state cannot be written",
    fix: "run the action by a current runner; it gives every step a file for this",
  },
  MA007: {
    title: "The event payload cannot be read",
    fix: "run the job again; under act, check the file given with --eventpath",
  },
  MA020: {
    title: "A flag has a wrong value",
    fix: "run the verb with --help to see its flags",
  },
  MA021: {
    title: "This machine is no known target",
    fix: "name targets with --targets",
  },
} as const satisfies CatalogPart;
