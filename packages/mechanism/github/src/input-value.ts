import { nearest, UserError } from "@multiarch/diagnostics";
import type { InputDefinition } from "./input-types.ts";

/** Names that mean more than a key when an object is built from them. */
const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The value that a text stands for.
 * @throws UserError MA003 with the values that are allowed.
 */
export function parseInput(name: string, text: string, definition: InputDefinition): unknown {
  const refuse = (expected: string, fix?: string): UserError =>
    new UserError("MA003", {
      what: `the input ${name} has a value that is not allowed`,
      expected,
      found: JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text),
      where: `with: ${name}`,
      ...(fix === undefined ? {} : { fix }),
    });
  switch (definition.type) {
    case "text":
      return text;
    case "list":
      return Object.freeze(splitList(text));
    case "boolean":
      if (text !== "true" && text !== "false") throw refuse("true or false");
      return text === "true";
    case "number": {
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      const { integer = false, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = definition;
      const fits = value >= minimum && value <= maximum && (!integer || Number.isInteger(value));
      if (!fits) throw refuse(numberRange(integer, minimum, maximum));
      return value;
    }
    case "choice": {
      if (definition.choices.includes(text)) return text;
      const near = nearest(text, definition.choices);
      throw refuse(
        `one of ${definition.choices.join(", ")}`,
        near === undefined ? undefined : `write ${name}: ${near}`,
      );
    }
    case "json":
      return parseJson(text, refuse);
  }
}

function splitList(text: string): string[] {
  return text
    .split(/[\r\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function numberRange(integer: boolean, minimum: number, maximum: number): string {
  const kind = integer ? "a whole number" : "a number";
  return maximum === Number.MAX_SAFE_INTEGER
    ? `${kind} from ${minimum}`
    : `${kind} from ${minimum} to ${maximum}`;
}

function parseJson(text: string, refuse: (expected: string) => UserError): unknown {
  let badKey: string | undefined;
  let value: unknown;
  try {
    value = JSON.parse(text, (key, part: unknown) => {
      if (prototypeKeys.has(key)) badKey = key;
      return part;
    });
  } catch (error) {
    throw refuse(`JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (badKey !== undefined) throw refuse(`JSON without the key ${badKey}`);
  return value;
}
