import { InvalidArgumentError } from "commander";

/**
 * Splits a list flag at commas; may be given several times.
 * @throws InvalidArgumentError for no word at all: a variable that is empty by mistake must not stand for the default
 */
export function collectList(value: string, earlier: readonly string[] = []): string[] {
  const words = value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (words.length === 0) throw new InvalidArgumentError("It names nothing.");
  return [...earlier, ...words];
}
