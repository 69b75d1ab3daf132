/** Splits a list flag at commas; may be given several times. */
export function collectList(value: string, earlier: readonly string[] = []): string[] {
  const words = value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  return [...earlier, ...words];
}
