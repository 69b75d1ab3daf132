import { UserError } from "@multiarch/diagnostics";

export type Table = Record<string, unknown>;

/**
 * A TOML file.
 * @param where the file, for messages
 * @throws UserError MA133 with line and column
 */
export async function parseToml(text: string, where: string): Promise<Table> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new UserError("MA133", {
      what: `this is not TOML: ${error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "")}`,
      where: `${where}:${error.line}:${error.column}`,
      cause: error,
    });
  }
}

/** The value as a table, an empty one when it is something else. */
export function table(value: unknown): Table {
  const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
  return isTable && !(value instanceof Date) ? (value as Table) : {};
}

export function tables(value: unknown): Table[] {
  return Array.isArray(value) ? value.map(table) : [];
}

export function string(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
