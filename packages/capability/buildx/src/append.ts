import { UserError } from "@multiarch/diagnostics";
import { driverOptions } from "./driver-options.ts";
import { lines } from "./fields.ts";
import type { NodeWish } from "./types.ts";

const keys = ["name", "endpoint", "driver-opts", "buildkitd-flags", "platforms"] as const;
const maximumNodes = 64;
const maximumText = 64 * 1024;

/**
 * The nodes of the input `append`: a YAML list of mappings with the keys above. `driver-opts` and `platforms` may be lists or text.
 * @throws UserError MA485 for anything else
 */
export async function parseAppend(text: string | null): Promise<NodeWish[]> {
  if (text === null || text.trim() === "") return [];
  if (text.length > maximumText) throw wrong("text", `${text.length} characters`);
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0, uniqueKeys: true });
  } catch (error) {
    throw wrong("YAML", error instanceof Error ? (error.message.split("\n")[0] ?? "") : "");
  }
  if (!Array.isArray(value) || value.length > maximumNodes) {
    throw wrong(`a list of at most ${maximumNodes} nodes`, typeof value);
  }
  return value.map((node: unknown, index) => readNode(node, index + 1));
}

function readNode(node: unknown, index: number): NodeWish {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw wrong("a mapping for each node", JSON.stringify(node), index);
  }
  const stray = Object.keys(node).find((key) => !keys.some((known) => known === key));
  if (stray !== undefined) throw wrong(`keys of ${keys.join(", ")}`, stray, index);
  const values = node as Readonly<Partial<Record<(typeof keys)[number], unknown>>>;
  return {
    index,
    name: text(values, "name", index),
    endpoint: text(values, "endpoint", index),
    driverOpts: list(values["driver-opts"], "driver-opts", index).flatMap(driverOptions),
    flags: text(values, "buildkitd-flags", index),
    platforms: list(values.platforms, "platforms", index).flatMap((line) =>
      line
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    ),
  };
}

function text(
  values: Readonly<Record<string, unknown>>,
  key: string,
  index: number,
): string | null {
  const value = values[key];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value.trim();
  throw wrong(`text for ${key}`, JSON.stringify(value), index);
}

function list(value: unknown, key: string, index: number): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return lines(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.flatMap(lines);
  }
  throw wrong(`a list of texts for ${key}`, JSON.stringify(value), index);
}

function wrong(expected: string, found: string, index?: number): UserError {
  return new UserError("MA485", {
    what: "the nodes to append are not as they should be",
    expected,
    found,
    where: index === undefined ? "append" : `append, node ${index}`,
  });
}
