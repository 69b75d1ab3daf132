/** One line of `docs/errors.md` for each id. */
export interface CatalogEntry {
  /** What the id stands for, whatever the case at hand. */
  readonly title: string;
  /** What to do about it, when the place that throws knows nothing better. */
  readonly fix: string;
}

/** An id is a promise: it keeps its meaning, and is never given to another error. */
export type CatalogPart = Readonly<Record<`MA${number}`, CatalogEntry>>;
