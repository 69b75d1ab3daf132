/**
 * Whether a list of a package.json lets a value pass, as npm decides it: `any` and a missing list take everything, `!x`
 * takes all but x, and a list of such words alone takes what none of them names.
 */
export function accepts(list: readonly string[] | null, value: string): boolean {
  if (list === null || (list.length === 1 && list[0] === "any")) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((word) => word.startsWith("!"));
}

/** The words of a list that promise something; `any` and exclusions promise nothing in particular. */
export function promised(list: readonly string[] | null): string[] {
  return (list ?? []).filter((word) => word !== "any" && !word.startsWith("!"));
}
