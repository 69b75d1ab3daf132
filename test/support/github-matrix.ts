/**
 * What GitHub makes of `strategy.matrix`, after the rules of its runner (MatrixBuilder): written for the tests alone, so that
 * the product is held against a second opinion and not against itself.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };
export type Row = Readonly<Record<string, Value>>;

export interface Job {
  readonly row: Row;
  /** Shown where the job has no `name:`. */
  readonly display: string;
}

export const limits = { jobs: 256, outputCharacters: 524_288, displayCharacters: 97 } as const;

/** @throws Error with the service's own words */
export function githubMatrix(jobName: string, matrix: Readonly<Record<string, unknown>>): Job[] {
  const { include, exclude, ...vectors } = matrix as Record<string, Value>;
  const names = Object.keys(vectors);
  const filters = list(exclude);
  const additions = list(include);
  if (names.length === 0 && additions.length === 0) {
    throw new Error("Matrix must define at least one vector");
  }
  for (const name of names) {
    const vector = vectors[name];
    if (!Array.isArray(vector) || vector.length === 0) {
      throw new Error(`Matrix vector '${name}' does not contain any values`);
    }
  }
  for (const filter of filters) {
    const keys = Object.keys(filter);
    if (keys.length === 0) throw new Error("Matrix exclude filter must not be empty");
    for (const key of keys) {
      if (names.includes(key)) continue;
      throw new Error(`Matrix exclude key '${key}' does not match any key within the matrix`);
    }
  }
  let combinations: Record<string, Value>[] = names.length === 0 ? [] : [{}];
  for (const name of names) {
    const values = vectors[name] as readonly Value[];
    combinations = combinations.flatMap((one) =>
      values.map((value) => ({ ...one, [name]: value })),
    );
  }
  const kept = combinations.filter(
    (one) =>
      !filters.some((filter) => Object.keys(filter).every((key) => equal(one[key], filter[key]))),
  );
  const extras = kept.map((): Record<string, Value> => ({}));
  const own: Row[] = [];
  for (const addition of additions) {
    const keys = Object.keys(addition);
    if (keys.length === 0) throw new Error("Matrix include mapping does not contain any values");
    let matched = false;
    for (const [index, one] of kept.entries()) {
      if (!keys.filter((key) => names.includes(key)).every((key) => equal(one[key], addition[key])))
        continue;
      matched = true;
      for (const key of keys) {
        if (!names.includes(key))
          (extras[index] as Record<string, Value>)[key] = addition[key] ?? null;
      }
    }
    if (!matched) own.push(addition);
  }
  const jobs = [
    ...kept.map((one, index) => ({ row: { ...one, ...extras[index] }, shown: one as Row })),
    ...own.map((row) => ({ row, shown: row })),
  ];
  if (jobs.length > limits.jobs) throw new Error(`more than ${limits.jobs} jobs`);
  return jobs.map(({ row, shown }) => ({ row, display: display(jobName, shown) }));
}

/** `==` of expressions. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  const [one, other] = [left ?? null, right ?? null];
  if (typeof one === "object" && one !== null) return one === other;
  if (typeof other === "object" && other !== null) return false;
  if (typeof one === "string" && typeof other === "string")
    return one.toUpperCase() === other.toUpperCase();
  return typeof one === typeof other ? one === other : number(one) === number(other);
}

function number(value: string | number | boolean | null): number {
  if (value === null) return 0;
  if (typeof value === "string") return value.trim() === "" ? 0 : Number(value);
  return Number(value);
}

function display(jobName: string, row: Row): string {
  const leaves = Object.values(row)
    .flatMap(scalars)
    .filter((text) => text !== "");
  if (leaves.length === 0) return jobName;
  const text = `${jobName} (${leaves.join(", ")})`;
  return text.length > limits.displayCharacters + 3
    ? `${text.slice(0, limits.displayCharacters)}...`
    : text;
}

function scalars(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(scalars);
  return [value === null ? "" : String(value)];
}

function list(value: Value | undefined): Row[] {
  return (value ?? []) as Row[];
}
