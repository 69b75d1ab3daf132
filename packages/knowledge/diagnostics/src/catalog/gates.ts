import type { CatalogPart } from "./entry.ts";

/** The gate over the jobs of a workflow: capability/gate. */
export const gates = {
  MA920: {
    title: "A job did not succeed",
    fix: "look at that job; if it may fail or be skipped, name it in allowed-failures or allowed-skips",
  },
  MA921: {
    title: "The gate does not know what to judge",
    fix: "set the input jobs to toJSON(needs), and list every job under needs:",
  },
  MA922: {
    title: "The gate was told of a job that it does not wait for",
    fix: "add the job to needs:, or remove its name here",
  },
} as const satisfies CatalogPart;
