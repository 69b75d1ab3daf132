/** One line of `docs/errors.md` for each id. */
interface CatalogEntry {
  /** What the id stands for, whatever the case at hand. */
  readonly title: string;
  /** What to do about it, when the place that throws knows nothing better. */
  readonly fix: string;
}

/**
 * Every error a user can meet. An id is a promise: it keeps its meaning, and is never given to another error.
 * Ranges: 0 inputs and command line, 1 targets and configuration, 2 plan, 3 toolchains, processes and build, 4 archives,
 * 5 transport and download, 6 binaries and checks, 7 merge, 8 package formats, 9 documents.
 */
export const catalog = {
  // 0: inputs and command line (mechanism/github, cli)
  // 1: targets and configuration (knowledge/targets, capability/project)
  // 2: plan (capability/plan)
  // 3: toolchains, processes, build (mechanism/process, capability/toolchains, capability/build, capability/smoke)
  // 4: archives (mechanism/archive)
  // 5: transport and download (mechanism/transport, mechanism/download)
  // 6: binaries and checks (knowledge/binary, capability/check)
  // 7: merge (capability/merge)
  // 8: package formats (capability/npm, capability/wheel)
  // 9: documents (knowledge/contracts)
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
} as const satisfies Record<`MA${number}`, CatalogEntry>;

export type ErrorId = keyof typeof catalog;
