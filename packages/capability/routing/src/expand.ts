import { UserError } from "@multiarch/diagnostics";

export type Cell = string | number | boolean;
export type Cells = Readonly<Record<string, Cell>>;

export interface Axes {
  readonly axes: Readonly<Record<string, readonly Cell[]>>;
  readonly include: readonly Cells[];
  readonly exclude: readonly Cells[];
}

/**
 * Every combination of the axes as GitHub makes them of `strategy.matrix`: the product, without what `exclude` matches, then
 * `include`. An include whose axis values match adds its other keys to every such row (one without axis values to all);
 * one that matches no row becomes a row of its own. Values are compared as expressions compare them.
 * @param where the key of the matrix, for errors
 * @throws UserError MA215 for an axis without values, and for what can match nothing
 */
export function expand({ axes, include, exclude }: Axes, where: string): Cells[] {
  const names = Object.keys(axes);
  for (const [name, values] of Object.entries(axes)) {
    if (values.length === 0) throw broken(`${where}.${name}`, "at least one value", "none");
  }
  for (const [index, filter] of exclude.entries()) {
    checkExclude(filter, names, `${where}.exclude[${index}]`);
  }
  const rows: Record<string, Cell>[] = product(axes)
    .filter((row) => !exclude.some((filter) => matches(row, filter)))
    .map((row) => ({ ...row }));
  const own: Cells[] = [];
  for (const [index, entry] of include.entries()) {
    const pairs = Object.entries(entry);
    if (pairs.length === 0) throw broken(`${where}.include[${index}]`, "at least one key", "none");
    const filter = Object.fromEntries(pairs.filter(([key]) => names.includes(key)));
    const extra = Object.fromEntries(pairs.filter(([key]) => !names.includes(key)));
    const matching = rows.filter((row) => matches(row, filter));
    for (const row of matching) Object.assign(row, extra);
    if (matching.length === 0) own.push(entry);
  }
  return [...rows, ...own];
}

function product(axes: Axes["axes"]): Cells[] {
  const entries = Object.entries(axes);
  // Without axes there is nothing to multiply: every include is a row of its own.
  if (entries.length === 0) return [];
  return entries.reduce<Cells[]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

function matches(row: Cells, filter: Cells): boolean {
  return Object.entries(filter).every(([key, value]) => looselyEqual(row[key], value));
}

/** `==` of workflow expressions: text without regard to case, different types as numbers. */
export function looselyEqual(left: Cell | undefined, right: Cell | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === "string" && typeof right === "string") {
    return left.toUpperCase() === right.toUpperCase();
  }
  if (typeof left === typeof right) return left === right;
  return toNumber(left) === toNumber(right);
}

function toNumber(value: Cell): number {
  if (typeof value !== "string") return Number(value);
  const text = value.trim();
  return text === "" ? 0 : Number(text);
}

function checkExclude(filter: Cells, names: readonly string[], where: string): void {
  const keys = Object.keys(filter);
  if (keys.length === 0) throw broken(where, "at least one axis", "none");
  const foreign = keys.find((key) => !names.includes(key));
  if (foreign !== undefined) throw broken(where, `axes: ${names.join(", ")}`, foreign);
}

function broken(where: string, expected: string, found: string): UserError {
  return new UserError("MA215", {
    what: "the matrix cannot be multiplied out",
    where,
    expected,
    found,
  });
}
