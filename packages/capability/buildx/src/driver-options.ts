import { UserError } from "@multiarch/diagnostics";
import { readFields, writeField } from "./fields.ts";

/** What a key looks like: `image`, `env.HTTP_PROXY`, `requests.cpu`. */
const optionShape = /^[A-Za-z][\w.-]*=/;

/**
 * The options of one line of `driver-opts`, each ready to be an argument of its own. buildx reads such an argument as fields with
 * commas in between, so that `env.no_proxy=a,b` is an error there; here a field that is no `key=value` belongs to the option before it.
 * Where quotes are written, they are read as buildx reads them, and nothing is guessed.
 * @throws UserError MA486 for a line that is no option
 */
export function driverOptions(line: string): string[] {
  // Only a quote at a field's beginning is one; another is part of a value, and buildx would not take it.
  const quoted = /(?:^|,)"/.test(line);
  const fields = quoted ? readFields(line) : joined(line.split(","));
  const wrong = fields === null ? line : fields.find((field) => !optionShape.test(field));
  if (fields === null || wrong !== undefined) {
    throw new UserError("MA486", {
      what: "a driver option is not key=value",
      found: wrong ?? line,
      where: "driver-opts",
    });
  }
  return fields.map(writeField);
}

function joined(parts: readonly string[]): string[] {
  const options: string[] = [];
  for (const part of parts) {
    const last = options.length - 1;
    if (last < 0 || optionShape.test(part.trim())) options.push(part.trim());
    else options[last] = `${options[last]},${part}`;
  }
  return options;
}

/** The key of an option that is an argument. */
export function optionKey(argument: string): string {
  return (readFields(argument)?.[0] ?? argument).split("=")[0] ?? "";
}

/** The value of an option among arguments, the last one as in buildx; null when it is not there. */
export function optionValue(options: readonly string[], key: string): string | null {
  const found = options.findLast((option) => optionKey(option) === key);
  if (found === undefined) return null;
  return (readFields(found)?.[0] ?? found).slice(key.length + 1);
}
