/** Compares dotted versions by number: 2.9 is before 2.17, and 2.17 equals 2.17.0. Negative, zero or positive. */
export function compareDotted(left: string, right: string): number {
  const one = left.split(".");
  const other = right.split(".");
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const difference = Number(one[index] ?? 0) - Number(other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The highest of dotted versions, `null` of none. */
export function highestDotted(versions: Iterable<string>): string | null {
  let highest: string | null = null;
  for (const version of versions) {
    if (highest === null || compareDotted(version, highest) > 0) highest = version;
  }
  return highest;
}
