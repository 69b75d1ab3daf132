import { UserError } from "@multiarch/diagnostics";

/** Targets that are composed of others: what each is made from. */
export type Derivations = Readonly<Record<string, readonly string[]>>;

/** A file for both processors of macOS is put together from one for each. */
export const derivations: Derivations = {
  "darwin-universal": ["darwin-x64", "darwin-arm64"],
};

export interface Derived {
  /** Everything that has to be built itself, in the order asked; parts that nobody asked for come last. */
  readonly built: readonly string[];
  readonly derived: readonly { readonly target: string; readonly from: readonly string[] }[];
  /** Parts that are built only to be composed. */
  readonly parts: readonly string[];
}

/**
 * Takes composed targets apart.
 * @throws UserError MA217 for a derivation that leads back to itself
 */
export function derive(asked: readonly string[], table: Derivations = derivations): Derived {
  for (const target of asked) checkCycle(target, table, []);
  const composed = asked.filter((target) => table[target] !== undefined);
  const needed = composed.flatMap((target) => leaves(target, table));
  const own = asked.filter((target) => table[target] === undefined);
  const parts = [...new Set(needed)].filter((target) => !own.includes(target));
  return {
    built: [...own, ...parts],
    derived: composed.map((target) => ({ target, from: leaves(target, table) })),
    parts,
  };
}

function leaves(target: string, table: Derivations): string[] {
  const from = table[target];
  return from === undefined ? [target] : from.flatMap((part) => leaves(part, table));
}

function checkCycle(target: string, table: Derivations, path: readonly string[]): void {
  const way = [...path, target];
  if (path.includes(target)) {
    throw new UserError("MA217", {
      what: `${target} would be composed of itself`,
      found: way.join(" from "),
    });
  }
  for (const part of table[target] ?? []) checkCycle(part, table, way);
}
