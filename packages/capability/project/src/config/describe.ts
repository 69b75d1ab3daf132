/** A value as it is shown to a person: short, and told apart from text that looks the same. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "keys with values";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === "string" ? `the text ${shown}` : shown;
}
